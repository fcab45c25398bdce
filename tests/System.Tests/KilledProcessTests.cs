using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>What a silo started again keeps, and what becomes of an orphaned service. That each of the
/// processes is replaced, <see cref="KillUnderLoadTests"/> shows under load.</summary>
[Trait("Section", "R2")]
public sealed class KilledProcessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silo_Killed_IsStartedAgainOnItsPorts()
    {
        await using var service = await RunningService.Start(silos: 2);
        var before = service.Silo(1);

        service.KillSilo(1);

        await Eventually.Holds("another process runs the silo",
            () => service.Silo(1).Pid != before.Pid, Cancellation);
        service.Silo(1).ShouldBe(
            before with { Pid = service.Silo(1).Pid, StartedAt = service.Silo(1).StartedAt });
        await Eventually.Holds("the silo is ready",
            () => service.IsReady(new Uri($"http://127.0.0.1:{before.OpsPort}")), Cancellation);
        service.Errors.ShouldContain("silo-1 ended");
    }

    [Fact]
    public async Task Launcher_Killed_ChildrenGoAndTheDatabaseIsFoundAgain()
    {
        await using var service = await RunningService.Start(silos: 2);
        var before = service.State;

        await service.KillLauncher();

        await Eventually.Holds("the children have ended",
            () => StartAndStopTests.Survivors(before).All(name => name == "postgres"),
            Cancellation);
        await service.Restart();
        service.State.Postgres.ShouldBe(before.Postgres);
        (await service.IsReady()).ShouldBeTrue();
    }

    [Fact]
    public async Task Launcher_KilledAndStartedAtOnce_WaitsForTheOldOnes()
    {
        await using var service = await RunningService.Start();
        var before = service.State;

        await service.KillLauncher();
        await service.Restart();

        StartAndStopTests.Survivors(before).ShouldBe(["postgres"]);
        (await service.IsReady()).ShouldBeTrue();
    }
}
