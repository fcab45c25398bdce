using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Tests.Orders;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Merges;

/// <summary>Somebody who absorbed another is forgotten: both are, and nothing can be undone.
/// </summary>
public sealed class MergeErasureTests(PostgresFixture postgres) : MergeWorldTests(postgres)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Erased_TakesTheAbsorbedAlong_AndBothIdsAreNobodys(bool restarts)
    {
        var (pair, merge) = await Merged();
        await Erase(pair.Survivor);
        if (restarts)
        {
            await World.Silo.Forget(pair.Survivor);
            await World.Silo.Forget(pair.Redundant);
        }

        foreach (var id in (Guid[])[pair.Survivor, pair.Redundant])
        {
            var grain = World.Grain(id);
            (await grain.GetForStaff("test", MergeWorld.Admin)).Code
                .ShouldBe(ReplyCode.CustomerNotFound);
            (await grain.GetProfile(World.Orders.Own(id).Caller)).Code
                .ShouldBe(ReplyCode.CustomerUnknown);
            (await grain.UndoMerge(new(merge, "A mistake."), World.ByAdmin())).Code
                .ShouldBe(ReplyCode.CustomerNotFound);
            (await grain.StartMerge(new(pair.Survivor, "Again."), World.ByAdmin())).Code
                .ShouldBe(ReplyCode.CustomerNotFound);
            (await grain.DescribeForMerge()).Code.ShouldBe(ReplyCode.CustomerNotFound);
            (await grain.PlaceOrder(OrderWorld.Draft(id, null), World.Orders.System())).Code
                .ShouldBe(ReplyCode.OrderCustomerUnknown);
            foreach (var order in (Guid[])[pair.Kept, .. pair.Moved])
                await IsWithoutPerson(grain, order, pair.Survivor);
        }

        (await Left(pair)).ShouldBe("0 0 0 0");
        (await RunErasures()).ShouldBe(0);
    }

    [Fact]
    public async Task Erased_ContactsOfBoth_AreAnybodysToTake()
    {
        var (pair, _) = await Merged();
        var phone = (await World.Staff(pair.Survivor)).GetProperty("phone").GetString()!;
        await Erase(pair.Survivor);

        foreach (var contact in (ProvedContact[])
            [new(ContactChannel.Email, pair.Email), new(ContactChannel.Phone, phone)])
        {
            var next = Guid.CreateVersion7();
            (await World.Grain(next).SignUp(contact, World.Orders.Own(next))).Code
                .ShouldBe(ReplyCode.Ok);
        }
    }

    /// <summary>C absorbed B, who had absorbed A.</summary>
    [Fact]
    public async Task Erased_AtTheEndOfAChain_TakesAllOfItAlong()
    {
        var (first, _) = await Merged();
        var last = await World.NewPair();
        await World.Ends(await World.Begin(last with { Redundant = first.Survivor }), "merged");
        await Erase(last.Survivor);

        (await Left(first)).ShouldBe("0 0 0 0");
        (await Left(last with { Redundant = first.Redundant })).ShouldBe("0 0 0 0");
        (await World.Grain(first.Redundant).GetForStaff("test", MergeWorld.Admin)).Code
            .ShouldBe(ReplyCode.CustomerNotFound);
        // Whoever never became part of it is still there.
        (await World.Grain(last.Redundant).GetForStaff("test", MergeWorld.Admin)).Code
            .ShouldBe(ReplyCode.Ok);
    }

    [Fact]
    public async Task Undo_ThatFindsTheSurvivorForgotten_Ends()
    {
        var (pair, merge) = await Merged();
        await Erase(pair.Survivor);
        // Asked before the erasure, and left lying until after it.
        await World.Merge(merge).Undo("A mistake.", MergeWorld.Admin);

        var progress = await World.Ends(merge, "merged");
        progress.Blockers.ShouldHaveSingleItem().Code.ShouldBe("customer-unknown");
        (await Left(pair)).ShouldBe("0 0 0 0");
    }

    [Fact]
    public async Task Undo_SurvivorForgottenBetweenItsSteps_KeepsTheOther()
    {
        var (pair, merge) = await Merged();
        var order = new MergeOrder(merge, pair.Survivor, pair.Redundant, "A mistake.");
        (await World.Grain(pair.Survivor).GiveBack(order, World.ByAdmin())).Code
            .ShouldBe(ReplyCode.Ok);
        await Erase(pair.Survivor);

        (await World.Grain(pair.Redundant).Revive(merge, World.ByAdmin())).Code
            .ShouldBe(ReplyCode.Ok);
        (await World.Grain(pair.Survivor).GetForStaff("test", MergeWorld.Admin)).Code
            .ShouldBe(ReplyCode.CustomerNotFound);
        await World.IsRevived(pair);
    }

    private async Task Erase(Guid customer)
    {
        (await World.Grain(customer).RequestErasure(World.Orders.Own(customer))).Code
            .ShouldBe(ReplyCode.Ok);
        World.Silo.Time.Advance(Grace);
        (await RunErasures()).ShouldBe(1);
    }

    /// <summary>Keys, merges, reservations and contacts that both still have.</summary>
    private Task<string> Left(Pair pair)
    {
        var both = $"IN ('{pair.Survivor}', '{pair.Redundant}')";
        return World.Count(
            $"""
            SELECT concat_ws(' ',
                (SELECT count(*) FROM customer_data_keys WHERE user_id {both}),
                (SELECT count(*) FROM customer_merges WHERE user_id {both} OR other_id {both}),
                (SELECT count(*) FROM contact_reservations WHERE user_id {both}),
                (SELECT count(*) FROM users WHERE id {both} AND num_nonnulls(
                    name, phone, phone_index, email, email_index) > 0))
            """);
    }

    private static async Task IsWithoutPerson(ICustomerGrain grain, Guid order, Guid owner)
    {
        var reply = await grain.GetOrder(order);
        reply.Code.ShouldBe(ReplyCode.Ok);
        var seen = OrderWorld.Json(reply.Body);
        seen.GetProperty("customer_id").GetGuid().ShouldBe(owner);
        seen.GetProperty("total").GetString().ShouldBe("499.00");
        seen.GetProperty("customer_snapshot").GetProperty("address").ValueKind
            .ShouldBe(System.Text.Json.JsonValueKind.Null);
    }
}
