using CustomerGrains.Launcher;
using CustomerGrains.System.Tests.Histories;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Load.Histories;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>The disk with the database and all logs, or that of the logs alone, runs full, and is
/// freed.</summary>
[Trait("Section", "R7")]
public sealed class DiskFullTests(ITestOutputHelper output)
{
    private const int Clients = 10;
    private const int Readers = 5;

    /// <summary>Room for an empty database, its journal of writes, and some seconds of load.
    /// </summary>
    private const int Megabytes = 400;

    private const int MegabytesForLogs = 20;

    private static readonly int Times = Counts.Of("disk-full", 1, deep: 10);

    private static readonly TimeSpan Full = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LogsFull = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan HealedWithin = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Disk_Full_NothingAcknowledgedIsLost_ReadsGoOn_AndItHealsByItself()
    {
        for (var time = 0; time < Times; time++)
        {
            using var disk = SmallDisk.TryMount(Megabytes);
            Assert.SkipWhen(disk is null, "mounting a small file system needs root on Linux");
            await FillAndFree(disk);
        }
    }

    [Fact]
    public async Task DiskOfLogs_Full_NobodyIsRefused_AndWhatDiesIsStartedAgain()
    {
        using var disk = SmallDisk.TryMount(MegabytesForLogs);
        Assert.SkipWhen(disk is null, "mounting a small file system needs root on Linux");
        var data = await TestDirectory.Create();
        await TemplateData.CopyTo(data);
        var logs = new DataDirectory(data).Logs;
        Directory.Delete(logs, recursive: true);
        Directory.CreateSymbolicLink(logs, disk.Path);
        await using var service = await RunningService.Start(frontEndApart: true, data: data);
        using var history = HistoryWriter.Of(service);
        await using var load = await EditLoad.Start(service.BaseAddress, history, Clients);
        await load.EveryClientGets(5);

        history.Strike("disk of logs full");
        disk.Fill();
        await load.Last(LogsFull);
        load.Clients.Sum(c => c.Retried).ShouldBe(0, "edits need no log");
        service.KillApi().ShouldBeTrue();
        await load.EveryClientGets(2);
        disk.Free();
        await load.EveryClientGets(5);
        await load.Stop();
        output.WriteLine(await HistoryVerdict.Of(service, history, "R7"));
    }

    private async Task FillAndFree(SmallDisk disk)
    {
        await using var service = await RunningService.Start(data: Path.Combine(disk.Path, "data"));
        var folder = Directory.CreateTempSubdirectory("cg-history-");
        using var history = HistoryWriter.In(folder.FullName);
        await using var load = await EditLoad.Start(service.BaseAddress, history, Clients);
        var warm = Enumerable.Range(0, Readers)
            .Select(n => new LoadClient(service.BaseAddress, Clients + n)).ToArray();
        foreach (var reader in warm) await reader.SignUp();
        await load.EveryClientGets(5);

        history.Strike("disk full");
        disk.Fill();
        await Eventually.Holds(
            "a write is refused", () => load.Clients.Any(c => c.Retried > 0),
            TestContext.Current.CancellationToken);
        var (started, reads) = (TimeProvider.System.GetTimestamp(), 0);
        while (TimeProvider.System.GetElapsedTime(started) < Full)
        {
            disk.Fill(); // whatever the database gave back
            foreach (var reader in warm)
            {
                (await reader.ReadProfile()).Version.ShouldBe(1);
                reads++;
            }
        }

        var acknowledged = load.Clients.Sum(c => c.Acknowledged);
        disk.Free();
        var freed = TimeProvider.System.GetTimestamp();
        await load.EveryClientGets(1);
        var healed = TimeProvider.System.GetElapsedTime(freed);
        healed.ShouldBeLessThan(HealedWithin);

        await load.EveryClientGets(5);
        await load.Stop();
        output.WriteLine(await HistoryVerdict.Of(service, history, "R7"));
        output.WriteLine(Scoreboard.Add(
            "R7", ("reads_while_full", reads), ("refused", load.Clients.Sum(c => c.Retried)),
            ("acked_before", acknowledged), ("healed_seconds", healed.TotalSeconds)));
        foreach (var reader in warm) reader.Dispose();
        folder.Delete(recursive: true);
    }
}
