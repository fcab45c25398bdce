using CustomerGrains.System.Tests.Histories;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Load.Histories;
using CustomerGrains.Tests.Support;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>Silo after silo is asked to end and comes back, as when a new version is rolled out:
/// customers and staff go on as if nothing had happened.</summary>
[Trait("Section", "R2")]
public sealed class RollingRestartTests(ITestOutputHelper output)
{
    private const int Silos = 3;
    private const int Clients = 20;

    private static readonly int Rounds = Counts.Of("rolling-rounds", 1, deep: 33);

    [Fact]
    public async Task EverySilo_StopsAndStartsAgainUnderLoad_NothingIsLost()
    {
        await using var service = await RunningService.Start(Silos);
        using var history = HistoryWriter.Of(service);
        await using var staff = await StaffReaders.Start(service.BaseAddress, history);
        await using var load = await EditLoad.Start(service.BaseAddress, history, Clients);
        await load.EveryClientGets(5);
        var pauses = new List<double>();
        for (var restart = 0; restart < Rounds * Silos; restart++)
        {
            var index = restart % Silos;
            var old = service.Silo(index);
            history.Strike("silo asked to end");
            service.AskSiloToEnd(index);
            var asked = TimeProvider.System.GetTimestamp();
            await load.EveryClientGets(1);
            await Eventually.Holds(
                $"silo {index} is back", async () => service.Silo(index).Pid != old.Pid
                    && await service.IsReady(OpsOf(service, index)),
                TestContext.Current.CancellationToken);
            pauses.Add(TimeProvider.System.GetElapsedTime(asked).TotalSeconds);
            await load.EveryClientGets(5);
        }

        await load.Stop();
        await staff.Stop();
        output.WriteLine(await HistoryVerdict.Of(service, history, "R2"));
        output.WriteLine(Scoreboard.Add(
            "R2", ("restarts", pauses.Count), ("restart_seconds_max", pauses.Max()),
            ("retried", load.Clients.Sum(c => c.Retried)),
            ("longest_wait", load.Clients.Max(c => c.LongestWait).TotalSeconds)));
    }

    private static Uri OpsOf(RunningService service, int index) =>
        new($"http://127.0.0.1:{service.Silo(index).OpsPort}");
}
