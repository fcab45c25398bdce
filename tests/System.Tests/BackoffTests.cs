using CustomerGrains.Launcher.Running;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

public sealed class BackoffTests
{
    [Fact]
    public void After_DiesAgainAndAgain_DoublesUpToTheLongest()
    {
        var backoff = new Backoff();

        var waits = Enumerable.Range(0, 7)
            .Select(_ => backoff.After(TimeSpan.Zero).TotalSeconds);

        waits.ShouldBe([0.2, 0.4, 0.8, 1.6, 3.2, 5, 5]);
    }

    [Fact]
    public void After_WithALimit_NeverWaitsLonger()
    {
        var backoff = new Backoff(2 * Backoff.Shortest);

        Enumerable.Range(0, 4).Select(_ => backoff.After(TimeSpan.Zero).TotalSeconds)
            .ShouldBe([0.2, 0.4, 0.4, 0.4]);
    }

    [Fact]
    public void After_WasHealthy_BeginsAnew()
    {
        var backoff = new Backoff();
        for (var deaths = 0; deaths < 5; deaths++) backoff.After(TimeSpan.Zero);

        backoff.After(Backoff.HealthyAfter).ShouldBe(Backoff.Shortest);
        backoff.After(TimeSpan.Zero).ShouldBe(2 * Backoff.Shortest);
    }
}
