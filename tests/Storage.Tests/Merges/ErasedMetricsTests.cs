using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Journal;
using CustomerGrains.Storage.Metrics;
using CustomerGrains.Storage.Tests.Feed;
using CustomerGrains.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Merges;

/// <summary>Somebody is counted in one transaction and forgotten in another, and neither sees
/// what the other does: the counted was merged into the forgotten, so their partitions differ.
/// </summary>
public sealed class ErasedMetricsTests(PostgresFixture postgres)
{
    private const string Waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        + "AND wait_event_type = 'Lock'";

    [Fact]
    public async Task Counted_WhileTheErasureIsUnderWay_LeavesNothing()
    {
        await using var world = await FeedHarness.Create(postgres);
        var pair = await MergedPair.Active(world);
        var (survivor, redundant) = (pair.Survivor.Customer.Id, pair.Redundant.Customer.Id);
        var counting = await world.Whole(JournalPartition.Of(redundant));

        // The erasure has its number in the database's order, and stands still before its end.
        await using var key = await Hold(world,
            $"SELECT FROM customer_data_keys WHERE user_id = '{survivor}' FOR UPDATE");
        var erasure = Erase(world, pair.Survivor);
        await Stand(world, 1);
        // Counting begins later, still sees the key, and stands still with what it wrote.
        await using var session = await Hold(world,
            $"INSERT INTO customer_sessions (user_id, session_id) VALUES ('{redundant}', 's1')");
        var counted = world.Metrics.Apply(counting);
        await Stand(world, 2);

        await key.RollbackAsync();
        await Eventually.Holds(
            "the erasure is done, or waits for those who count",
            async () => erasure.IsCompleted || await world.Database.Query<long>(Waiting) == 2,
            TestContext.Current.CancellationToken);
        // The feed of the survivor's partition is another silo's.
        await using var elsewhere = new MetricsStore(
            world.Feed, TimeProvider.System, NullLogger<MetricsStore>.Instance);
        if (erasure.IsCompleted)
            await elsewhere.Apply(await world.Whole(JournalPartition.Of(survivor)));
        await session.RollbackAsync();
        await counted;
        await erasure;
        await elsewhere.Apply(await world.Whole(JournalPartition.Of(survivor)));

        (await Left(world)).ShouldBe("0 0 0 0");
    }

    [Fact]
    public async Task CountedAgain_AfterTheErasure_LeavesNothing_AndIsNoDeadLetter()
    {
        await using var world = await FeedHarness.Create(postgres);
        var pair = await MergedPair.Active(world);
        var redundant = JournalPartition.Of(pair.Redundant.Customer.Id);
        var counting = await world.Whole(redundant);
        // Counting waits for the erasure, and finds the key gone.
        await using var key = await Hold(world, "SELECT FROM customer_data_keys FOR UPDATE");
        var counted = world.Metrics.Apply(counting);
        await Stand(world, 1);
        var erasure = Erase(world, pair.Survivor);
        await Stand(world, 2);
        await key.RollbackAsync();
        await erasure;
        try
        {
            await counted;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            // What the feed does then.
            await world.Metrics.Apply(counting);
        }

        (await Left(world)).ShouldBe("0 0 0 0");
        (await world.Count("activity_recorded")).ShouldBe(1);
    }

    private static async Task Erase(FeedHarness world, LoadedCustomer loaded) =>
        await world.Store.Commit(loaded, new CustomerCommand.RequestErasure(TimeSpan.Zero));

    /// <summary>Keys, counted people, sessions and dead letters.</summary>
    private static Task<string> Left(FeedHarness world) => world.Database.Query<string>(
        """
        SELECT concat_ws(' ',
            (SELECT count(*) FROM customer_data_keys), (SELECT count(*) FROM customer_metrics),
            (SELECT count(*) FROM customer_sessions), (SELECT count(*) FROM stream_dead_letters))
        """);

    private static Task Stand(FeedHarness world, int waiting) => Eventually.Holds(
        $"{waiting} wait",
        async () => await world.Database.Query<long>(Waiting) == waiting,
        TestContext.Current.CancellationToken);

    private static async Task<NpgsqlTransaction> Hold(FeedHarness world, string statement)
    {
        var connection = await world.Database.AsSuperuser.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(statement, connection, transaction);
        await command.ExecuteNonQueryAsync();
        return transaction;
    }
}
