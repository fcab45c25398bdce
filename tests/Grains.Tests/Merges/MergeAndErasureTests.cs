using System.Text;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Customers;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Merges;

/// <summary>A wish to be forgotten and a merge that meet, whichever was first.</summary>
public sealed class MergeAndErasureTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    private MergeWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await MergeWorld.Start(postgres);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Merge_OfSomebodyWhoIsToBeForgotten_IsRefused(bool isSurvivor)
    {
        var pair = await _world.NewPair();
        var leaving = isSurvivor ? pair.Survivor : pair.Redundant;
        (await Ask(leaving)).ShouldContain("\"state\":\"grace\"");

        var refused = await _world.Grain(pair.Survivor).StartMerge(
            new(pair.Redundant, "One person."), _world.ByAdmin());

        refused.Code.ShouldBe(ReplyCode.MergeBlocked);
        refused.Blockers.ShouldHaveSingleItem().ShouldBe(new("erasure-pending", leaving));
        (await _world.Journal(pair, "merge_frozen")).ShouldBe("0");
        // Taken back, it no longer stands in the way.
        (await _world.Grain(leaving).CancelErasure(_world.Orders.Own(leaving))).Code
            .ShouldBe(ReplyCode.Ok);
        await _world.Ends(await _world.Begin(pair), "merged");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Merge_ThatWasPromised_FindsTheWish_AndLeavesBothAsTheyWere(bool isSurvivor)
    {
        var pair = await _world.NewPair();
        var leaving = isSurvivor ? pair.Survivor : pair.Redundant;
        await Ask(leaving);
        // As after the codes of a link: nobody looked before.
        var id = Guid.CreateVersion7();
        await _world.Merge(id).Start(
            new(id, pair.Survivor, pair.Redundant, null), MergeWorld.Admin);

        var progress = await _world.Ends(id, "blocked");

        progress.Blockers.ShouldHaveSingleItem().ShouldBe(new("erasure-pending", leaving));
        await _world.IsApart(pair);
        _world.Silo.Time.Advance(Grace);
        (await Run()).ShouldBe(1);
    }

    [Fact]
    public async Task Wish_OfTheFrozen_IsRefused_AndLaterItIsNobodys()
    {
        var pair = await _world.NewPair();
        var order = new MergeOrder(Guid.CreateVersion7(), pair.Survivor, pair.Redundant, null);
        (await _world.Grain(pair.Redundant).FreezeForMerge(order, _world.ByAdmin())).Code
            .ShouldBe(ReplyCode.Ok);

        var grain = _world.Grain(pair.Redundant);
        (await grain.RequestErasure(_world.Orders.Own(pair.Redundant))).Code
            .ShouldBe(ReplyCode.AccountMerging);
        (await grain.Erase(_world.ByAdmin())).Code.ShouldBe(ReplyCode.AccountMerging);
        (await grain.RequestExport(
            Guid.CreateVersion7(), _world.Orders.Own(pair.Redundant))).Code
            .ShouldBe(ReplyCode.AccountMerging);

        await _world.Merge(order.MergeId).Start(order, MergeWorld.Admin);
        await _world.Ends(order.MergeId, "merged");
        (await grain.RequestErasure(_world.Orders.Own(pair.Redundant))).Code
            .ShouldBe(ReplyCode.CustomerUnknown);
    }

    [Fact]
    public async Task Wish_OfTheSurvivorInTheMiddle_WaitsForTheMerge_AndTakesBoth()
    {
        var pair = await _world.NewPair();
        var id = Guid.CreateVersion7();
        var order = new MergeOrder(id, pair.Survivor, pair.Redundant, null);
        var (s, r) = (_world.Grain(pair.Survivor), _world.Grain(pair.Redundant));
        (await r.FreezeForMerge(order, _world.ByAdmin())).Code.ShouldBe(ReplyCode.Ok);
        var export = (await r.ExportForMerge(id)).Body;
        (await s.Absorb(order, export, _world.ByAdmin())).Code.ShouldBe(ReplyCode.Ok);

        (await Ask(pair.Survivor)).ShouldBe(
            """{"state":"deferred","runs_at":"2026-11-30T08:00:00Z","waiting_for":"""
            + """[{"kind":"merge","order_id":null,"until":null}]}""");
        _world.Silo.Time.Advance(Grace);
        await Run();
        (await s.GetForStaff("test", MergeWorld.Admin)).Code.ShouldBe(ReplyCode.Ok);

        await _world.Merge(id).Start(order, MergeWorld.Admin);
        await _world.Ends(id, "merged");
        (await Run()).ShouldBe(1);
        (await _world.Count("SELECT count(*) FROM customer_data_keys")).ShouldBe("0");
    }

    [Fact]
    public async Task Undo_OfSomebodyWhoIsToBeForgotten_IsRefused()
    {
        var pair = await _world.NewPair();
        var merge = await _world.Begin(pair);
        await _world.Ends(merge, "merged");
        await Ask(pair.Survivor);

        var refused = await _world.Undo(pair, merge);

        refused.Code.ShouldBe(ReplyCode.MergeBlocked);
        refused.Blockers.ShouldHaveSingleItem().ShouldBe(new("erasure-pending", pair.Survivor));
    }

    private async Task<string> Ask(Guid customer)
    {
        var reply = await _world.Grain(customer).RequestErasure(_world.Orders.Own(customer));
        reply.Code.ShouldBe(ReplyCode.Ok);
        return Encoding.UTF8.GetString(reply.Body);
    }

    private Task<int> Run() =>
        _world.Silo.Service<DueCommands>().Erase(TestContext.Current.CancellationToken);
}
