using CustomerGrains.System.Tests.Histories;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>Every acknowledged edit is there exactly once, sealed and counted once, every read that
/// staff got is in the access log, codes serve once, riders know the newest phone, and snapshots
/// stay, whatever is killed.</summary>
[Trait("Section", "R1"), Trait("Section", "R5")]
public sealed class KillUnderLoadTests(ITestOutputHelper output)
{
    /// <summary>50 clients at 20 edits a second: 1,000 writes a second when all is well.</summary>
    private const int Clients = 50;

    /// <summary>Customers at once who sign up, order and change their phones.</summary>
    private const int Stories = 4;

    /// <summary>Answers that every client gets between two kills.</summary>
    private const int EditsBetweenKills = 30;

    private static readonly int Rounds = Counts.Of("kill-rounds", 2, deep: 40);

    [Fact]
    public async Task EveryAcknowledgedEdit_ThroughKillsOfSiloApiAndPostgres_IsThereExactlyOnce()
    {
        await using var service = await RunningService.Start(silos: 2);
        using var history = HistoryWriter.Of(service);
        await using var staff = await StaffReaders.Start(service, history);
        await using var stories = await StoryLoad.Start(service, history, Stories);
        await using var load = await EditLoad.Start(service, history, Clients);
        var recoveries = new List<string>();
        await AllGoOn();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (what, kill) in ((string, Func<bool>)[])
                [("silo", () => service.KillSilo(round % 2)), ("api", service.KillApi),
                 ("postgres", service.KillPostgres)])
            {
                var killed = TimeProvider.System.GetTimestamp();
                history.Strike(what);
                await Eventually.Holds("there is one to kill", kill, CancellationToken.None);
                await load.EveryClientGets(1);
                var recovery = TimeProvider.System.GetElapsedTime(killed).TotalSeconds;
                recoveries.Add($"{what} {recovery:0.0} s");
                await AllGoOn();
            }
        }

        await load.Stop();
        await stories.Stop();
        await staff.Stop();
        Report(
            load.Clients, recoveries,
            await HistoryVerdict.Of(service, history, "R1", withStories: true));

        Task AllGoOn() => Task.WhenAll(
            load.EveryClientGets(EditsBetweenKills), stories.GoOn(Stories));
    }

    private void Report(LoadClient[] clients, List<string> recoveries, string verdict)
    {
        output.WriteLine(
            $"kills {recoveries.Count}, acknowledged {clients.Sum(c => c.Acknowledged)}, "
            + $"replayed {clients.Sum(c => c.Replayed)}, retried {clients.Sum(c => c.Retried)}, "
            + $"longest wait {clients.Max(c => c.LongestWait).TotalSeconds:0.0} s; {verdict}; "
            + $"all clients served again after: {string.Join(", ", recoveries)}");
        clients.Sum(c => c.Retried).ShouldBeGreaterThan(0, "the kills must have been felt");
    }
}
