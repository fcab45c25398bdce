using CustomerGrains.System.Tests.Histories;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Load.Histories;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>A silo whose clock is not the database's ends nothing too early or too late: it does
/// not serve. The other one does.</summary>
[Trait("Section", "R9")]
public sealed class ClockTests(ITestOutputHelper output)
{
    private const int Clients = 10;

    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silo_WithAnotherClock_DoesNotServeAndEndsWhenItJumps_WhileTheOtherServes()
    {
        Assert.SkipUnless(
            Library() is not null, "libfaketime is not here: apt-get install libfaketime");
        await using var service = await RunningService.Start(silos: 2);
        using var history = HistoryWriter.Of(service);
        await using var load = await EditLoad.Start(service.BaseAddress, history, Clients);
        await load.EveryClientGets(5);
        var place = service.Silo(1);
        var silo = SiloCopy.Of(place.Pid);
        var goOn = service.PauseLauncher();
        try
        {
            service.KillSilo(1);
            foreach (var deviation in (string[])["-10m", "+1h", "+3d"])
            {
                history.Strike($"clock {deviation}");
                using var strange = silo.Start(Clock(("FAKETIME", deviation)));
                await Eventually.Holds(
                    $"{deviation} does not serve", () => strange.HasEnded, _stop);
                strange.Said.ShouldContain("This clock differs from the database's");
                await load.EveryClientGets(1);
            }

            foreach (var jump in (string[])["+1h", "-10m"])
            {
                var file = Path.Combine(service.Data, "clock");
                await File.WriteAllTextAsync(file, "+0", _stop);
                using var one = await Serving(
                    service, () => silo.Start(Clock(("FAKETIME_TIMESTAMP_FILE", file))),
                    new Uri($"http://127.0.0.1:{place.OpsPort}"));
                await load.EveryClientGets(2);
                history.Strike($"clock jumps {jump}");
                await File.WriteAllTextAsync(file, jump, _stop);
                var jumped = TimeProvider.System.GetTimestamp();
                await Eventually.Holds("it ends itself", () => one.HasEnded, _stop);
                output.WriteLine($"{jump}: ended after "
                    + $"{TimeProvider.System.GetElapsedTime(jumped).TotalSeconds:0.0} s");
                // Its last log line may still wait in a queue; this goes straight to the stream.
                one.Said.ShouldContain("This clock differs from the database's");
                await load.EveryClientGets(1);
            }
        }
        finally
        {
            goOn();
        }

        await load.EveryClientGets(5);
        await load.Stop();
        output.WriteLine(await HistoryVerdict.Of(service, history, "R9"));
    }

    /// <summary>A silo that starts slowly may be voted out before it serves; the launcher, which
    /// stands still, would start it again.</summary>
    private async Task<StartedSilo> Serving(
        RunningService service, Func<StartedSilo> start, Uri pages)
    {
        var one = start();
        await Eventually.Holds("it serves", async () =>
        {
            if (!one.HasEnded) return await service.IsReady(pages);
            output.WriteLine($"ended before it served: {one.Said}");
            one.Dispose();
            one = start();
            return false;
        }, _stop);
        return one;
    }

    private static Dictionary<string, string> Clock((string Name, string Value) setting) => new()
    {
        ["LD_PRELOAD"] = Library()!,
        ["DONT_FAKE_MONOTONIC"] = "1",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        ["FAKETIME_NO_CACHE"] = "1", // a jump is seen at once
        [setting.Name] = setting.Value,
    };

    private static string? Library() => !OperatingSystem.IsLinux()
        ? null
        : Directory.EnumerateDirectories("/usr/lib", "*-linux-*")
            .Select(folder => Path.Combine(folder, "faketime", "libfaketime.so.1"))
            .FirstOrDefault(File.Exists);
}
