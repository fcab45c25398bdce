using System.Collections.Immutable;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Feed;
using CustomerGrains.Storage.Journal;
using CustomerGrains.Storage.Metrics;
using CustomerGrains.Storage.Audit;
using CustomerGrains.Storage.Tests.Customers;
using CustomerGrains.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CustomerGrains.Storage.Tests.Feed;

/// <summary>A journal with some content, and those who read it.</summary>
internal sealed class FeedHarness : IAsyncDisposable
{
    private FeedHarness(StoreHarness store)
    {
        Store = store;
        Feed = new FeedDatabase(store.Database.Service);
        Metrics = new MetricsStore(Feed, TimeProvider.System, NullLogger<MetricsStore>.Instance);
        Seals = new SealStore(Feed, TimeProvider.System);
    }

    public StoreHarness Store { get; }

    public FeedDatabase Feed { get; }

    public MetricsStore Metrics { get; }

    public SealStore Seals { get; }

    public TestDatabase Database => Store.Database;

    public static async Task<FeedHarness> Create(PostgresFixture postgres) =>
        new(await StoreHarness.Create(postgres));

    /// <summary>A customer with some commands behind it, and its partition.</summary>
    public async Task<(LoadedCustomer Customer, short Partition)> Live(int edits)
    {
        var customer = await Store.SignUp();
        for (var i = 0; i < edits; i++)
        {
            customer = await Store.Commit(
                customer, new CustomerCommand.EditProfile { Name = new($"Name {i}") });
        }

        return (customer, JournalPartition.Of(customer.Customer.Id));
    }

    public PartitionFeed Partition(short partition) =>
        new(Feed.Source, partition, TimeProvider.System);

    /// <summary>All of a partition as one chunk. Other tests' transactions on the same server hold
    /// the feed back for a moment.</summary>
    public async Task<JournalChunk> Whole(short partition)
    {
        var feed = Partition(partition);
        var from = await feed.Claim(default);
        var written = await Database.Query<long>(
            $"SELECT count(*) FROM customer_event WHERE partition = {partition}");
        var rows = await ReadOn(feed, from, (int)written);
        return new JournalChunk(partition, from, rows);
    }

    /// <summary>Reads until so many rows have come.</summary>
    public static async Task<ImmutableArray<JournalRow>> ReadOn(
        PartitionFeed feed, FeedPosition after, int count)
    {
        ImmutableArray<JournalRow> rows = [];
        await Eventually.Holds("the rows are readable", async () =>
        {
            rows = await feed.Read(after, count, default);
            return rows.Length == count;
        }, TestContext.Current.CancellationToken);
        return rows;
    }

    public Task<long> Count(string kind) => Database.Query<long>(
        $"SELECT coalesce(sum(events), 0)::bigint FROM service_counters WHERE kind = '{kind}'");

    public async ValueTask DisposeAsync()
    {
        await Seals.DisposeAsync();
        await Metrics.DisposeAsync();
        await Feed.DisposeAsync();
        await Store.DisposeAsync();
    }
}
