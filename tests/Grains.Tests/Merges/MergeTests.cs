using CustomerGrains.Domain;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Tests.Orders;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Merges;

/// <summary>Merges and their undo as a process, with each of its calls lost once.</summary>
public sealed class MergeTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Merge_MovesEverything_AndTheOldIdAnswersForTheSurvivor()
    {
        await using var world = await MergeWorld.Start(postgres);
        var pair = await world.NewPair();

        var merge = await world.Begin(pair);
        await world.Ends(merge, "merged");

        await world.IsMerged(pair);
        await world.Silo.Forget(pair.Survivor);
        await MergeWorld.Forget(world.Grain(pair.Redundant));
        await world.IsMerged(pair);
    }

    [Fact]
    public async Task Merge_WithEveryCallAndEveryAnswerLostOnce_HappensOnce()
    {
        await using var world = await MergeWorld.Start(postgres);
        for (var call = 0; ; call++)
        {
            foreach (var answer in (bool[])[false, true])
            {
                var pair = await world.NewPair();
                world.Faults.Arm(call, answer);
                var merge = await world.Begin(pair);
                await StrikesOrEnds(world, merge);
                if (world.Faults.HasStruck) await ForgetAll(world, pair, merge);
                await world.Ends(merge, "merged");
                if (!world.Faults.HasStruck)
                {
                    call.ShouldBeGreaterThan(5);
                    return;
                }

                await world.IsMerged(pair);
            }
        }
    }

    [Fact]
    public async Task Undo_WithEveryCallAndEveryAnswerLostOnce_HappensOnce()
    {
        await using var world = await MergeWorld.Start(postgres);
        for (var call = 0; ; call++)
        {
            foreach (var answer in (bool[])[false, true])
            {
                var pair = await world.NewPair();
                world.Faults.Arm(-1, answer);
                var merge = await world.Begin(pair);
                await world.Ends(merge, "merged");
                world.Faults.Arm(call, answer);
                (await world.Undo(pair, merge)).Code.ShouldBe(ReplyCode.Ok);
                await StrikesOrEnds(world, merge);
                if (world.Faults.HasStruck) await ForgetAll(world, pair, merge);
                await world.Ends(merge, "undone");
                if (!world.Faults.HasStruck)
                {
                    call.ShouldBeGreaterThan(1);
                    return;
                }

                await world.IsApart(pair);
                (await world.Journal(pair, "merge_undone", "merge_revived")).ShouldBe("1 1");
            }
        }
    }

    [Fact]
    public async Task Survivor_BarredAfterTheFreeze_LeavesTheRedundantAsItWas()
    {
        await using var world = await MergeWorld.Start(postgres);
        var pair = await world.NewPair();
        // Frozen by hand, as if the silo had died between two steps.
        var id = Guid.CreateVersion7();
        var order = new MergeOrder(id, pair.Survivor, pair.Redundant, "One person.");
        (await world.Grain(pair.Survivor).Bar(
            new BarDraft { ReasonCode = "fraud" }, world.ByAdmin())).Code.ShouldBe(ReplyCode.Ok);

        await world.Merge(id).Start(order, MergeWorld.Admin);
        var progress = await world.Ends(id, "blocked");

        progress.Blockers.ShouldHaveSingleItem()
            .ShouldBe(new("account-blocked", pair.Survivor));
        (await world.Journal(pair, "merge_frozen", "merge_thawed", "customer_absorbed"))
            .ShouldBe("1 1 0");
        await world.IsApart(pair);
        (await world.Grain(pair.Redundant).GetProfile(world.Orders.Own(pair.Redundant).Caller))
            .Code.ShouldBe(ReplyCode.Ok);
        (await world.Count(
            $"SELECT count(*) FROM contact_reservations WHERE user_id = '{pair.Redundant}'"))
            .ShouldBe("0");
    }

    [Fact]
    public async Task Frozen_RefusesEverythingElse_AndTheContactIsItsOwn()
    {
        await using var world = await MergeWorld.Start(postgres);
        var pair = await world.NewPair();
        var order = new MergeOrder(Guid.CreateVersion7(), pair.Survivor, pair.Redundant, null);
        (await world.Grain(pair.Redundant).FreezeForMerge(order, world.ByAdmin())).Code
            .ShouldBe(ReplyCode.Ok);

        (await world.Grain(pair.Redundant).EditProfile(
            new ProfileEdit { Name = Patch<string>.To("Zoë") }, world.Orders.Own(pair.Redundant)))
            .Code.ShouldBe(ReplyCode.AccountMerging);
        (await world.Grain(pair.Redundant).PlaceOrder(
            OrderWorld.Draft(pair.Redundant, pair.Addresses[0]), world.Orders.System())).Code
            .ShouldBe(ReplyCode.AccountMerging);
    }

    [Fact]
    public async Task Between_TombstoneAndAdoption_NobodyElseGetsTheContact()
    {
        await using var world = await MergeWorld.Start(postgres);
        var pair = await world.NewPair();
        var id = Guid.CreateVersion7();
        var order = new MergeOrder(id, pair.Survivor, pair.Redundant, null);
        var (s, r) = (world.Grain(pair.Survivor), world.Grain(pair.Redundant));
        (await r.FreezeForMerge(order, world.ByAdmin())).Code.ShouldBe(ReplyCode.Ok);
        var export = (await r.ExportForMerge(id)).Body;
        (await s.Absorb(order, export, world.ByAdmin())).Code.ShouldBe(ReplyCode.Ok);
        // Taken: it can no longer be given up, whoever tries.
        (await r.ThawFromMerge(id, world.ByAdmin())).Code.ShouldBe(ReplyCode.MergeOutOfStep);
        (await r.MergeAway(id, world.ByAdmin())).Code.ShouldBe(ReplyCode.Ok);

        var stranger = Guid.CreateVersion7();
        (await world.Grain(stranger).SignUp(
            new(ContactChannel.Email, pair.Email), world.Orders.Own(stranger))).Code
            .ShouldBe(ReplyCode.ContactReserved);
        (await s.AdoptContacts(id, export, world.ByAdmin())).Code.ShouldBe(ReplyCode.Ok);
        await world.IsMerged(pair);
    }

    [Fact]
    public async Task Absorb_OfOneWhoIsNotFrozen_DoesNotHappen()
    {
        await using var world = await MergeWorld.Start(postgres);
        var pair = await world.NewPair();
        var order = new MergeOrder(Guid.CreateVersion7(), pair.Survivor, pair.Redundant, null);
        var export = (await world.Grain(pair.Redundant).DescribeForMerge()).Body;

        (await world.Grain(pair.Survivor).Absorb(order, export, world.ByAdmin())).Code
            .ShouldBe(ReplyCode.MergeOutOfStep);
        await world.IsApart(pair);
    }

    [Fact]
    public async Task Orders_WithTheOldId_GoToTheSurvivor()
    {
        await using var world = await MergeWorld.Start(postgres);
        var pair = await world.NewPair();
        await world.Ends(await world.Begin(pair), "merged");

        var draft = OrderWorld.Draft(pair.Redundant, pair.Addresses[0]);
        var placed = await world.Grain(pair.Redundant).PlaceOrder(draft, world.Orders.System());
        placed.Code.ShouldBe(ReplyCode.Created);
        OrderWorld.Json(placed.Body).GetProperty("customer_id").GetGuid().ShouldBe(pair.Survivor);
        // The same placement as before the merge is the same order, under its placer's key.
        var again = OrderWorld.Draft(pair.Redundant, pair.Addresses[0], pair.Moved[0]);
        (await world.Grain(pair.Redundant).PlaceOrder(again, world.Orders.System())).Code
            .ShouldBe(ReplyCode.Ok);
        (await world.Grain(pair.Survivor).PlaceOrder(
            again with { Total = "1.00" }, world.Orders.System())).Code
            .ShouldBe(ReplyCode.OrderExists);
    }

    [Fact]
    public async Task Undo_KeepsWhatIsNew_AndRefusesInTime()
    {
        await using var world = await MergeWorld.Start(postgres);
        var pair = await world.NewPair();
        var merge = await world.Begin(pair);
        await world.Ends(merge, "merged");
        var fresh = await world.AddAddress(pair.Survivor);
        var order = await world.Orders.Place(pair.Survivor, pair.Addresses[1]);

        var blocked = await world.Undo(pair, merge);
        blocked.Code.ShouldBe(ReplyCode.MergeBlocked);
        blocked.Blockers.ShouldHaveSingleItem().Code.ShouldBe("active-orders");
        await world.Orders.Deliver(pair.Survivor, order);
        (await world.Undo(pair, merge)).Code.ShouldBe(ReplyCode.Ok);
        await world.Ends(merge, "undone");

        var survivor = await world.Staff(pair.Survivor);
        survivor.GetProperty("total_orders_count").GetInt32().ShouldBe(2);
        survivor.GetProperty("total_spend").GetString().ShouldBe("998.00");
        survivor.GetProperty("addresses").EnumerateArray().Select(a => a.GetProperty("id").GetGuid())
            .ShouldBe([pair.Own, fresh], ignoreOrder: true);
        OrderWorld.Json((await world.Grain(pair.Survivor).GetOrder(order)).Body)
            .GetProperty("customer_id").GetGuid().ShouldBe(pair.Survivor);
        (await world.Undo(pair, merge)).Code.ShouldBe(ReplyCode.Ok, "asked once more");
        (await world.Undo(pair, Guid.CreateVersion7())).Code.ShouldBe(ReplyCode.MergeUnknown);
        // And once more, from the beginning.
        var second = await world.Begin(pair);
        await world.Ends(second, "merged");
        world.Silo.Time.Advance(Limits.MergeUndoWindow);
        (await world.Undo(pair, second)).Code.ShouldBe(ReplyCode.UndoOver);
    }

    [Fact]
    public async Task Chain_OfMerges_IsUndoneFromItsEnd()
    {
        await using var world = await MergeWorld.Start(postgres);
        var first = await world.NewPair();
        var last = await world.NewPair();
        var inner = await world.Begin(first);
        await world.Ends(inner, "merged");
        var outer = await world.Begin(last with { Redundant = first.Survivor });
        await world.Ends(outer, "merged");

        (await world.Staff(first.Redundant)).GetProperty("id").GetGuid().ShouldBe(last.Survivor);
        (await world.Staff(last.Survivor)).GetProperty("total_orders_count").GetInt32().ShouldBe(4);
        OrderWorld.Json((await world.Grain(first.Redundant).GetOrder(first.Moved[0])).Body)
            .GetProperty("customer_id").GetGuid().ShouldBe(last.Survivor);
        // The inner one's survivor does not live: its undo is asked of the outer one's.
        (await world.Undo(first, inner)).Code.ShouldBe(ReplyCode.MergeUnknown);
        (await world.Undo(last, outer)).Code.ShouldBe(ReplyCode.Ok);
        await world.Ends(outer, "undone");
        await world.IsMerged(first);
        (await world.Undo(first, inner)).Code.ShouldBe(ReplyCode.Ok);
        await world.Ends(inner, "undone");
        await world.IsApart(first);
    }

    [Fact]
    public async Task TwoMergesOfEachOther_EndWithBothOrOne()
    {
        await using var world = await MergeWorld.Start(postgres);
        for (var round = 0; round < 10; round++)
        {
            var pair = await world.NewPair();
            Guid one = Guid.CreateVersion7(), two = Guid.CreateVersion7();
            await Task.WhenAll(
                world.Merge(one).Start(
                    new(one, pair.Survivor, pair.Redundant, null), MergeWorld.Admin),
                world.Merge(two).Start(
                    new(two, pair.Redundant, pair.Survivor, null), MergeWorld.Admin));
            await Eventually.Holds("both end", async () =>
                await world.Merge(one).Get() is { State: "merged" or "blocked" }
                && await world.Merge(two).Get() is { State: "merged" or "blocked" },
                TestContext.Current.CancellationToken);
            var merged = (MergeProgress[])
                [(await world.Merge(one).Get())!, (await world.Merge(two).Get())!];
            merged.Count(m => m.State == "merged").ShouldBeLessThanOrEqualTo(1);
            (await world.Count("SELECT count(*) FROM customer_merges WHERE stage IN "
                + "('frozen', 'taken', 'absorbing')")).ShouldBe("0");
        }
    }

    private static Task StrikesOrEnds(MergeWorld world, Guid merge) => Eventually.Holds(
        "the fault strikes, or nothing is left to strike",
        async () => world.Faults.HasStruck
            || await world.Merge(merge).Get() is { State: "undone" }
            || (world.Faults.Calls < 3 ? false
                : await world.Merge(merge).Get() is { State: "merged", IsUndoing: false }),
        TestContext.Current.CancellationToken);

    /// <summary>As when the silo dies: nobody holds anything.</summary>
    private static async Task ForgetAll(MergeWorld world, Pair pair, Guid merge)
    {
        await MergeWorld.Forget(world.Merge(merge));
        await MergeWorld.Forget(world.Grain(pair.Survivor));
        await MergeWorld.Forget(world.Grain(pair.Redundant));
    }
}
