using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

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
    public async Task OnlySilo_Killed_ServiceIsReadyAgain()
    {
        await using var service = await RunningService.Start();
        var before = service.Silo(0);

        service.KillSilo(0);

        await Eventually.Holds("another process runs the silo",
            () => service.Silo(0).Pid != before.Pid, Cancellation);
        await Eventually.Holds("the service is ready", service.IsReady, Cancellation);
    }

    [Fact]
    public async Task FrontEndApart_Killed_ServiceIsReadyAgain()
    {
        await using var service = await RunningService.Start(frontEndApart: true);
        var before = service.Api;

        service.KillApi();

        await Eventually.Holds("another process runs the API",
            () => service.Api.Pid != before.Pid, Cancellation);
        await Eventually.Holds("the service is ready", service.IsReady, Cancellation);
    }

    [Fact]
    public async Task Postgres_Killed_ServiceIsReadyAgain()
    {
        await using var service = await RunningService.Start();
        var before = service.State.Postgres;

        service.KillPostgres();

        await Eventually.Holds("another process runs the database",
            () => service.State.Postgres is { } now && now != before, Cancellation);
        await Eventually.Holds("the service is ready", service.IsReady, Cancellation);
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
