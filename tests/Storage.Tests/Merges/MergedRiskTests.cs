using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Tests.Customers;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Merges;

/// <summary>After each step of a merge and of its undo, rows and journal say the same of both
/// sides' risk.</summary>
public sealed class MergedRiskTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Risk_ThroughMergeUndoMergeAndErasure_IsWhatTheJournalFoldsTo()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var (survivor, redundant) = (await Churned(harness, 2), await Churned(harness, 11));

        var pair = await MergedPair.Merge(harness, survivor, redundant);
        await Is(harness, pair.Survivor, changes: 13, merges: 1, score: 6);
        (await Brought(harness)).ShouldBe("""{"address-changes": 11}""");

        var undone = await Undo(harness, pair);
        await Is(harness, undone.Survivor, changes: 2, merges: 0, score: 0);
        await Is(harness, undone.Redundant, changes: 11, merges: 0, score: 2);

        // The survivor goes on, and so does whoever is merged anew.
        survivor = await Churn(harness, undone.Survivor);
        pair = await MergedPair.Merge(harness, survivor, undone.Redundant);
        await Is(harness, pair.Survivor, changes: 14, merges: 1, score: 8);

        var erased = StoreHarness.Wrap(
            pair.Survivor, [new CustomerEvent.Erased(ErasureCause.Requested)], StoreHarness.Now());
        (await harness.Store.Commit(erased)).ShouldBe(CommitResult.Committed);
        (await harness.Fold(pair.Survivor)).Standing.ShouldBe(Standing.Fresh);
        (await harness.Database.Query<long>(
            "SELECT count(*) FROM customer_profiles WHERE risk_counts = '{}' AND risk_score = 0"))
            .ShouldBe(2);
    }

    [Theory]
    [InlineData("'[]'")]
    [InlineData("jsonb_build_object('x', repeat('x', 2048))")]
    public async Task Schema_BoundsTheCounts(string counts)
    {
        await using var harness = await StoreHarness.Create(postgres);
        await MergedPair.Merge(harness, await harness.SignUp(), await harness.SignUp());
        (await Should.ThrowAsync<PostgresException>(harness.Database.Execute(
            $"UPDATE customer_merges SET risk_counts = {counts}")))
            .ConstraintName.ShouldBe("customer_merges_risk_counts_size");
    }

    private static async Task Is(
        StoreHarness harness, LoadedCustomer loaded, int changes, int merges, int score)
    {
        var standing = loaded.Customer.Standing;
        standing.Risks[RiskSign.AddressChanges].ShouldBe(changes);
        standing.Risks[RiskSign.Merges].ShouldBe(merges);
        standing.RiskScore.ShouldBe(score);
        var stored = await harness.Load(loaded.Customer.Id);
        StoreHarness.Show(stored).ShouldBe(StoreHarness.Show(loaded.Customer));
        (await harness.Fold(loaded)).Standing.ShouldBe(standing);
        RiskRules.AsDelivered.ScoreOf(stored).ShouldBe(score);
    }

    private static async Task<MergedPair> Undo(StoreHarness harness, MergedPair pair)
    {
        var giveBack = StoreHarness.Prepare(pair.Survivor, new CustomerCommand.GiveBack(
            pair.MergeId, MergeExport.Of(pair.Redundant.Customer), "A mistake."));
        (await harness.Store.Commit(giveBack with { RedundantKey = pair.Redundant.Key }))
            .ShouldBe(CommitResult.Committed);
        var away = await harness.Load(pair.Redundant.Customer.Id);
        var redundant = await harness.Commit(
            pair.Redundant with { Customer = away },
            new CustomerCommand.Revive(pair.MergeId, away.Addresses, away.DefaultAddressId));
        return pair with
        {
            Survivor = pair.Survivor with { Customer = giveBack.After }, Redundant = redundant,
        };
    }

    private static async Task<LoadedCustomer> Churned(StoreHarness harness, int times)
    {
        var loaded = await harness.SignUp();
        for (var n = 0; n < times; n++) loaded = await Churn(harness, loaded);
        return loaded;
    }

    /// <summary>An address comes and goes.</summary>
    private static async Task<LoadedCustomer> Churn(StoreHarness harness, LoadedCustomer loaded)
    {
        var id = Guid.CreateVersion7();
        var details = new AddressDetails
        {
            Line1 = "2 Side Street", City = "Porto", PostalCode = "4000-001", Country = "PT",
        };
        loaded = await harness.Commit(
            loaded, new CustomerCommand.AddAddress(new(id, details), AsDefault: false));
        return await harness.Commit(loaded, new CustomerCommand.RemoveAddress(id));
    }

    private static Task<string> Brought(StoreHarness harness) => harness.Database.Query<string>(
        "SELECT risk_counts::text FROM customer_merges WHERE side = 'survivor'");
}
