using CustomerGrains.Launcher.Running;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

public sealed class PostgresWatchTests
{
    [Fact]
    public async Task Keep_LookAndStartFailUnexpectedly_SaysSoAndTriesAgain()
    {
        using var stop = new CancellationTokenSource();
        await using var errors = new StringWriter();
        var (looks, starts, up) = (0, 0, false);

        var watch = PostgresWatch.Keep(
            () => ++looks == 1 ? throw new IOException("no look") : up,
            () => ++starts == 1 ? throw new InvalidOperationException("no start") : Up(),
            errors, TimeProvider.System, () => { }, stop.Token);
        await Eventually.Holds(
            "it was started", () => up, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await watch;

        starts.ShouldBe(2);
        errors.ToString().ShouldContain("no look");
        errors.ToString().ShouldContain("no start");

        Task Up()
        {
            up = true;
            return Task.CompletedTask;
        }
    }
}
