using CustomerGrains.System.Tests.Histories;
using CustomerGrains.Tests.Load.Histories;
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

    /// <summary>Customers whom staff and riders look at.</summary>
    private const int Watched = 4;

    /// <summary>Answers that every client gets between two kills.</summary>
    private const int EditsBetweenKills = 30;

    private static readonly int Rounds = Counts.Of("kill-rounds", 2, deep: 40);

    [Fact]
    public async Task EveryAcknowledgedEdit_ThroughKillsOfSiloApiPostgresAndClients_IsThereExactlyOnce()
    {
        await using var service = await RunningService.Start(silos: 2);
        using var history = HistoryWriter.Of(service);
        await using var load = LoadProcess.Start(service, Clients, Stories, Watched);
        var recoveries = new List<string>();
        await load.GoOn(EditsBetweenKills, Stories);
        for (var round = 0; round < Rounds; round++)
        {
            await Kill("silo", () => service.KillSilo(round % 2));
            await Kill("api", service.KillApi);
            await Kill("postgres", service.KillPostgres);
            history.Strike("clients");
            await load.KillAndReplace();
            await load.GoOn(EditsBetweenKills, Stories);
        }

        await load.Stop();
        var verdict = await HistoryVerdict.Of(service, history, "R1", withStories: true);
        output.WriteLine(
            $"kills {recoveries.Count} and {Rounds} of clients, acknowledged {load.Acknowledged}, "
            + $"replayed {load.Replayed}, retried {load.Retried}, stories {load.Told}, "
            + $"longest wait {load.LongestWait.TotalSeconds:0.0} s; {verdict}; "
            + $"all clients served again after: {string.Join(", ", recoveries)}");
        load.Retried.ShouldBeGreaterThan(0, "the kills must have been felt");

        async Task Kill(string what, Func<bool> kill)
        {
            history.Strike(what);
            await Eventually.Holds("there is one to kill", kill, CancellationToken.None);
            var killed = TimeProvider.System.GetTimestamp();
            await load.GoOn(1);
            var recovery = TimeProvider.System.GetElapsedTime(killed).TotalSeconds;
            recoveries.Add($"{what} {recovery:0.0} s");
            await load.GoOn(EditsBetweenKills, Stories);
        }
    }
}
