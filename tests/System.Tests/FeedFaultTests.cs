using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Audit;
using CustomerGrains.Storage.Faults;
using CustomerGrains.Storage.Feed;
using CustomerGrains.Storage.Metrics;
using CustomerGrains.Storage.Schema;
using CustomerGrains.System.Tests.Histories;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Load.Histories;
using CustomerGrains.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>What follows from the journal is whole and in order after anything that holds the feed
/// up or makes it run twice.</summary>
public sealed class FeedFaultTests(ITestOutputHelper output)
{
    private const int Clients = 20;

    /// <summary>Beyond every time limit that a healthy transaction of ours has; the server ends
    /// idle ones of other roles after 30 s.</summary>
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(Counts.IsDeep ? 30 : 10);

    /// <summary>Long enough that the others vote the silo out: it comes back as a stranger.
    /// </summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(Counts.IsDeep ? 20 : 12);

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(Counts.IsDeep ? 60 : 6);

    private static readonly TimeSpan Quarrel = TimeSpan.FromSeconds(Counts.IsDeep ? 60 : 8);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact, Trait("Section", "R11")]
    public async Task TransactionHeldOpen_WhileLaterOnesCommit_NothingIsPassedOver()
    {
        const int Late = 12;
        await using var service = await RunningService.Start();
        using var history = HistoryWriter.Of(service);
        await using var database = await JournalFollower.Open(service);
        var late = Enumerable.Range(0, Late)
            .Select(n => new LoadClient(service.BaseAddress, Clients + n)).ToArray();
        foreach (var client in late) await client.SignUp();
        await using var load = await EditLoad.Start(service.BaseAddress, history, Clients);
        await load.EveryClientGets(1);

        await using (var held = await HeldTransaction.Begin(database))
        {
            foreach (var client in late) await held.AddRow(client.CustomerId);
            await load.Last(Hold);
            (await held.RowsCommittedAfter(database)).ShouldBeGreaterThan(0);
            (await held.SealsAfter(database)).ShouldBe(0, "a row before them may still appear");
            await held.Commit();
        }

        await load.EveryClientGets(1);
        await load.Stop();
        output.WriteLine(await HistoryVerdict.Of(service, history, "R11"));
        foreach (var client in late) client.Dispose();
    }

    [Fact, Trait("Section", "R3")]
    public async Task SiloPaused_UntilItIsVotedOut_WritesNothingMoreWhenItGoesOn()
    {
        await using var service = await RunningService.Start(silos: 2);
        using var history = HistoryWriter.Of(service);
        await using var staff = await StaffReaders.Start(service.BaseAddress, history);
        await using var load = await EditLoad.Start(service.BaseAddress, history, Clients);
        await load.EveryClientGets(5);

        history.Strike("silo paused");
        var goOn = service.PauseSilo(1);
        await load.Last(Pause);
        goOn();
        await load.EveryClientGets(5);

        await Eventually.Holds(
            "the one that was voted out ends itself",
            () => service.Errors.Contains("silo-1 ended", StringComparison.Ordinal), Cancellation);
        await load.EveryClientGets(5);
        await load.Stop();
        await staff.Stop();
        output.WriteLine(await HistoryVerdict.Of(service, history, "R3"));
        load.Clients.Max(c => c.LongestWait).ShouldBeGreaterThan(
            TimeSpan.FromSeconds(1), "the pause must have been felt");
    }

    [Fact, Trait("Section", "R4")]
    public async Task SubscribersFail_ThenRowsArePoisonous_EachOfThoseIsADeadLetterAndNoOther()
    {
        const int Poisonous = 3;
        await using var service = await RunningService.Start(mayFail: true);
        using var history = HistoryWriter.Of(service);
        await using var database = await JournalFollower.Open(service);
        await using var load = await EditLoad.Start(service.BaseAddress, history, Clients);
        await load.EveryClientGets(1);

        foreach (var point in FaultPoints.OfFeed) service.Fail(point);
        await using (var held = await HeldTransaction.Begin(database))
        {
            // Nobody can have read what comes now.
            await load.EveryClientGets(3);
            (await held.Poison(database, Poisonous)).ShouldBe(Poisonous);
        }

        await load.Last(Outage);
        var sealedBefore = await Sealed();
        await load.EveryClientGets(2);
        (await Sealed()).ShouldBe(sealedBefore, "the fault is felt");
        foreach (var point in FaultPoints.OfFeed) service.Heal(point);

        await load.EveryClientGets(5);
        await load.Stop();
        output.WriteLine(await HistoryVerdict.Of(service, history, "R4", Poisonous));
        var (code, said, _) = await FeedCommandTests.Launch(service, "replay-dead-letters");
        (code, said).ShouldBe((1, $"0 dead letters counted, {Poisonous} left"));

        await Eventually.Holds("operators see them", async () =>
            (await service.Client.GetStringAsync(new Uri(service.OpsAddress, "/metrics")))
                .Split('\n').Any(line =>
                    line.StartsWith("customer_dead_letters{", StringComparison.Ordinal)
                    && line.Contains($"}} {Poisonous}", StringComparison.Ordinal)),
            Cancellation);

        Task<long> Sealed() => JournalFollower.Scalar<long>(
            database, "SELECT coalesce(sum(row_count), 0)::bigint FROM audit_seals");
    }

    [Fact, Trait("Section", "R4")]
    public async Task EveryPartition_WithTwoOwnersForAMoment_NothingIsMissedOrCountedTwice()
    {
        await using var service = await RunningService.Start();
        using var history = HistoryWriter.Of(service);
        await using var load = await EditLoad.Start(service.BaseAddress, history, Clients);
        await load.EveryClientGets(1);

        // A second owner in this process, with the code that silos run.
        await using var feed = new FeedDatabase(
            await JournalFollower.ConnectionString(service, DatabaseBootstrap.ServiceRole));
        await using var seals = new SealStore(feed, TimeProvider.System);
        await using var metrics = new MetricsStore(
            feed, TimeProvider.System, NullLogger<MetricsStore>.Instance);
        var (taken, recorded) = (0, 0);
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < Quarrel)
        {
            for (short partition = 0; partition < JournalStream.Partitions; partition++)
            {
                var owner = new PartitionFeed(feed.Source, partition, TimeProvider.System);
                var from = await owner.Claim(Cancellation);
                var rows = await owner.Read(from, limit: 500, Cancellation);
                if (rows.Length == 0) continue;
                var chunk = new JournalChunk(partition, from, rows);
                await Task.WhenAll(
                    seals.Seal(partition, chunk.Last, []), metrics.Apply(chunk));
                taken += rows.Length;
                if (await owner.Advance(new Arrived(chunk.Last, rows.Length), Cancellation)) recorded++;
            }

            await load.EveryClientGets(1);
        }

        taken.ShouldBeGreaterThan(0);
        output.WriteLine($"the second owner took {taken} rows and recorded {recorded} positions");
        await load.Stop();
        output.WriteLine(await HistoryVerdict.Of(service, history, "R4"));
    }
}
