using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Journal;
using CustomerGrains.Storage.Tests.Feed;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Merges;

/// <summary>What is counted of those who became part of others, in partitions of their own, whose
/// feed may be behind or ahead.</summary>
public sealed class MergedMetricsTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Absorbed_BeforeTheFeedCameToIt_IsCountedAllTheSame()
    {
        await using var world = await FeedHarness.Create(postgres);
        var pair = await MergedPair.Active(world);

        await Count(world, pair.Redundant);

        (await Counted(world)).ShouldBe("1 1");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Erased_WhicheverFeedIsAhead_LeavesNothingOfBoth(bool survivorFirst)
    {
        await using var world = await FeedHarness.Create(postgres);
        var pair = await MergedPair.Active(world);
        var erased = await world.Store.Commit(
            pair.Survivor, new CustomerCommand.RequestErasure(TimeSpan.Zero));

        await Count(world, survivorFirst ? erased : pair.Redundant);
        await Count(world, survivorFirst ? pair.Redundant : erased);

        (await Counted(world)).ShouldBe("0 0");
    }

    private static async Task Count(FeedHarness world, LoadedCustomer customer) =>
        await world.Metrics.Apply(
            await world.Whole(JournalPartition.Of(customer.Customer.Id)));

    private static Task<string> Counted(FeedHarness world) => world.Database.Query<string>(
        "SELECT (SELECT count(*) FROM customer_metrics) || ' ' || "
        + "(SELECT count(*) FROM customer_sessions)");
}
