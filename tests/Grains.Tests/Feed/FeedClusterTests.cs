using CustomerGrains.GrainInterfaces;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Feed;

/// <summary>From commits through real streams to seals and counters, each row once.</summary>
public sealed class FeedClusterTests(PostgresFixture postgres)
{
    private const int Customers = 80;
    private const int Edits = 5;

    [Fact]
    public async Task Commits_ThroughTheEndOfASilo_AreSealedAndCountedExactlyOnce()
    {
        await using var world = await FeedCluster.Start(postgres);
        await world.Live(Customers, Edits);
        await world.EverythingIsSealedAndCounted();

        // Gone in the middle of delivering; the other takes its partitions over.
        var during = world.Live(Customers, Edits);
        await world.Cluster.KillSiloAsync(world.Cluster.Silos[1]);
        await during;
        await world.EverythingIsSealedAndCounted();

        // Back, and the partitions with it; the one that had them all goes in good order.
        await world.Cluster.StartAdditionalSiloAsync();
        during = world.Live(Customers, Edits);
        await world.Cluster.RestartSiloAsync(world.Cluster.Silos[0]);
        await during;
        await world.EverythingIsSealedAndCounted();

        await SealsHold(world);
        (await world.SealedAndCounted()).ShouldBe(await world.Journal(), "nothing came twice");
        (await world.Journal()).Rows.ShouldBe(3 * Customers * (1 + Edits + 1));
        (await world.Database.Query<string>(
            "SELECT concat_ws(' ', count(*), sum(cart_abandon_count), sum(session_count), "
            + "min(avg_session_duration), max(avg_session_duration)) FROM customer_metrics"))
            .ShouldBe($"{3 * Customers} {3 * Customers} {3 * Customers} 90.00 90.00");
        (await world.Database.Query<long>("SELECT sum(gap_count) FROM audit_seals")).ShouldBe(0);
        (await world.Database.Query<long>("SELECT count(*) FROM stream_dead_letters")).ShouldBe(0);
    }

    private static async Task SealsHold(FeedCluster world)
    {
        var rows = 0L;
        for (var partition = 0; partition < JournalStream.Partitions; partition++)
        {
            var check = await world.Cluster.Client
                .GetGrain<IAuditGrain>(JournalStream.KeyOf(partition)).Verify(1);
            check.FirstBroken.ShouldBeNull();
            rows += check.Rows;
        }

        rows.ShouldBe((await world.Journal()).Rows);
    }
}
