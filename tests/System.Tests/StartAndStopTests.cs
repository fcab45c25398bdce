using CustomerGrains.Launcher;
using CustomerGrains.Launcher.Running;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

[Trait("Section", "R2")]
public sealed class StartAndStopTests
{
    [Fact]
    public async Task Run_OnAnEmptyFolder_PrintsOneLineAndAnswers()
    {
        await using var service = await RunningService.Start(data: await TestDirectory.Create());

        (await service.IsReady()).ShouldBeTrue();

        await service.Stop();
        service.Output.ShouldBe([$"ready: {service.BaseAddress.ToString().TrimEnd('/')}"]);
    }

    /// <summary>A host that watches its folder wakes for each write below it: where the data
    /// folder lies there, for all that PostgreSQL writes.</summary>
    [Fact]
    public async Task Run_Ready_WatchesNoFiles()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "what a process holds open is read from /proc");
        await using var service = await RunningService.Start(silos: 2);

        foreach (var process in service.State.Processes)
        {
            var held = Directory.GetFiles($"/proc/{process.Pid}/fd")
                .Select(file => new FileInfo(file).LinkTarget)
                .ToList();
            held.ShouldContain(target => target!.StartsWith("socket:", StringComparison.Ordinal));
            held.ShouldNotContain("anon_inode:inotify", process.Name);
        }
    }

    [Fact]
    public async Task Terminate_WhileServing_LeavesNoProcessAndExitsWithZero()
    {
        await using var service = await RunningService.Start(silos: 2);
        var before = service.State;

        var code = await service.Stop();

        code.ShouldBe(0);
        Survivors(before).ShouldBeEmpty();
        File.Exists(Path.Combine(service.Data, "run.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_SecondStart_KeepsKeysAndDatabaseInAClusterOfItsOwn()
    {
        await using var service = await RunningService.Start();
        var keys = Content(Path.Combine(service.Data, "keys"));
        var cluster = service.State.ClusterId;

        await service.Restart();

        Content(Path.Combine(service.Data, "keys")).ShouldBe(keys);
        service.State.ClusterId.ShouldNotBe(cluster);
        (await service.IsReady()).ShouldBeTrue();
    }

    [Fact]
    public async Task Run_TwoSideBySide_BothServeAndOneStopsAlone()
    {
        await using var first = await RunningService.Start();
        await using var second = await RunningService.Start();

        await first.Stop();

        (await first.IsReady()).ShouldBeFalse();
        (await second.IsReady()).ShouldBeTrue();
    }

    internal static IEnumerable<string> Survivors(RunState before)
    {
        foreach (var process in before.Processes)
        {
            using var found = process.Find();
            if (found is not null) yield return process.Name;
        }

        if (before.Postgres is { } pid && OsProcess.Runs(pid, "postgres")) yield return "postgres";
    }

    private static Dictionary<string, string> Content(string folder) =>
        Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
}
