using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Tests.Customers;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Merges;

public sealed class MergedErasureTests(PostgresFixture postgres)
{
    private const int Pairs = 40;

    [Fact]
    public async Task Erased_WhileConnectionsAreCut_BothGoOnce()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var pairs = await Task.WhenAll(Enumerable.Range(0, Pairs).Select(_ => Pair(harness)));
        using var stop = new CancellationTokenSource();
        var cuts = harness.CutCommits(TimeSpan.FromMilliseconds(100), stop.Token);
        var asked = await Task.WhenAll(pairs.Select(p => harness.Commit(
            p.Survivor, new CustomerCommand.RequestErasure(TimeSpan.FromHours(1)))));
        await Task.WhenAll(asked.Select(a => Erase(harness, a)));
        await stop.CancelAsync();

        (await cuts).ShouldBeGreaterThan(0, "the fault must have happened");
        (await Left(harness)).ShouldBe(0);
        (await harness.Database.Query<long>(
            "SELECT count(*) FROM customer_event WHERE events LIKE '%\"erased\"%'"))
            .ShouldBe(Pairs);
    }

    /// <summary>As long as the answer is unknown the same once more, as a grain's next activation
    /// would; whoever finds nobody any more is done.</summary>
    private static async Task Erase(StoreHarness harness, LoadedCustomer loaded)
    {
        var commit = StoreHarness.Wrap(
            loaded, [new CustomerEvent.Erased(ErasureCause.Requested)], StoreHarness.Now());
        while (await harness.Store.Load(loaded.Customer.Id) is not null)
        {
            try
            {
                await harness.Store.Commit(commit);
            }
            catch (CommitUnknownException)
            {
                // Looked for again.
            }
        }
    }

    /// <summary>Keys, merges, reservations, names and contacts.</summary>
    private static Task<long> Left(StoreHarness harness) => harness.Database.Query<long>(
        """
        SELECT (SELECT count(*) FROM customer_data_keys) + (SELECT count(*) FROM customer_merges)
            + (SELECT count(*) FROM contact_reservations) + (SELECT count(*) FROM customer_names)
            + (SELECT count(*) FROM users WHERE num_nonnulls(
                   name, phone, phone_index, email, email_index) > 0)
        """);

    private static async Task<MergedPair> Pair(StoreHarness harness) => await MergedPair.Merge(
        harness, await harness.SignUp(), await Named(harness));

    private static async Task<LoadedCustomer> Named(StoreHarness harness) => await harness.Commit(
        await harness.SignUp($"+4915{Random.Shared.NextInt64(100_000_000, 999_999_999)}"),
        new CustomerCommand.EditProfile { Name = new("Ann") });
}
