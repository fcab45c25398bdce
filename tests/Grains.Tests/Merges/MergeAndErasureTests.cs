using System.Text;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Merges;

/// <summary>A wish to be forgotten and a merge that meet, whichever was first.</summary>
public sealed class MergeAndErasureTests(PostgresFixture postgres) : MergeWorldTests(postgres)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Merge_OfSomebodyWhoIsToBeForgotten_IsRefused(bool isSurvivor)
    {
        var pair = await World.NewPair();
        var leaving = isSurvivor ? pair.Survivor : pair.Redundant;
        (await Ask(leaving)).ShouldContain("\"state\":\"grace\"");

        var refused = await World.Grain(pair.Survivor).StartMerge(
            new(pair.Redundant, "One person."), World.ByAdmin());

        refused.Code.ShouldBe(ReplyCode.MergeBlocked);
        refused.Blockers.ShouldHaveSingleItem().ShouldBe(new("erasure-pending", leaving));
        (await World.Journal(pair, "merge_frozen")).ShouldBe("0");
        // Taken back, it no longer stands in the way.
        (await World.Grain(leaving).CancelErasure(World.Orders.Own(leaving))).Code
            .ShouldBe(ReplyCode.Ok);
        await World.Ends(await World.Begin(pair), "merged");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Merge_ThatWasPromised_FindsTheWish_AndLeavesBothAsTheyWere(bool isSurvivor)
    {
        var pair = await World.NewPair();
        var leaving = isSurvivor ? pair.Survivor : pair.Redundant;
        await Ask(leaving);
        // As after the codes of a link: nobody looked before.
        var id = Guid.CreateVersion7();
        await World.Merge(id).Start(
            new(id, pair.Survivor, pair.Redundant, null), MergeWorld.Admin);

        var progress = await World.Ends(id, "blocked");

        progress.Blockers.ShouldHaveSingleItem().ShouldBe(new("erasure-pending", leaving));
        await World.IsApart(pair);
        World.Silo.Time.Advance(Grace);
        (await RunErasures()).ShouldBe(1);
    }

    [Fact]
    public async Task Wish_OfTheFrozen_IsRefused_AndLaterItIsNobodys()
    {
        var pair = await World.NewPair();
        var order = new MergeOrder(Guid.CreateVersion7(), pair.Survivor, pair.Redundant, null);
        (await World.Grain(pair.Redundant).FreezeForMerge(order, World.ByAdmin())).Code
            .ShouldBe(ReplyCode.Ok);

        var grain = World.Grain(pair.Redundant);
        (await grain.RequestErasure(World.Orders.Own(pair.Redundant))).Code
            .ShouldBe(ReplyCode.AccountMerging);
        (await grain.Erase(World.ByAdmin())).Code.ShouldBe(ReplyCode.AccountMerging);
        (await grain.RequestExport(
            Guid.CreateVersion7(), World.Orders.Own(pair.Redundant))).Code
            .ShouldBe(ReplyCode.AccountMerging);

        await World.Merge(order.MergeId).Start(order, MergeWorld.Admin);
        await World.Ends(order.MergeId, "merged");
        (await grain.RequestErasure(World.Orders.Own(pair.Redundant))).Code
            .ShouldBe(ReplyCode.CustomerUnknown);
    }

    [Fact]
    public async Task Wish_OfTheSurvivorInTheMiddle_WaitsForTheMerge_AndTakesBoth()
    {
        var pair = await World.NewPair();
        var id = Guid.CreateVersion7();
        var order = new MergeOrder(id, pair.Survivor, pair.Redundant, null);
        var (s, r) = (World.Grain(pair.Survivor), World.Grain(pair.Redundant));
        (await r.FreezeForMerge(order, World.ByAdmin())).Code.ShouldBe(ReplyCode.Ok);
        var export = (await r.ExportForMerge(id)).Body;
        (await s.Absorb(order, export, World.ByAdmin())).Code.ShouldBe(ReplyCode.Ok);

        (await Ask(pair.Survivor)).ShouldBe(
            """{"state":"deferred","runs_at":"2026-11-30T08:00:00Z","waiting_for":"""
            + """[{"kind":"merge","order_id":null,"until":null}]}""");
        World.Silo.Time.Advance(Grace);
        await RunErasures();
        (await s.GetForStaff("test", MergeWorld.Admin)).Code.ShouldBe(ReplyCode.Ok);

        await World.Merge(id).Start(order, MergeWorld.Admin);
        await World.Ends(id, "merged");
        (await RunErasures()).ShouldBe(1);
        (await World.Count("SELECT count(*) FROM customer_data_keys")).ShouldBe("0");
    }

    [Fact]
    public async Task Undo_OfSomebodyWhoIsToBeForgotten_IsRefused()
    {
        var (pair, merge) = await Merged();
        await Ask(pair.Survivor);

        var refused = await World.Undo(pair, merge);

        refused.Code.ShouldBe(ReplyCode.MergeBlocked);
        refused.Blockers.ShouldHaveSingleItem().ShouldBe(new("erasure-pending", pair.Survivor));
    }

    private async Task<string> Ask(Guid customer)
    {
        var reply = await World.Grain(customer).RequestErasure(World.Orders.Own(customer));
        reply.Code.ShouldBe(ReplyCode.Ok);
        return Encoding.UTF8.GetString(reply.Body);
    }
}
