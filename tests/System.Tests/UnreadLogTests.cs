using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>Whoever reads the logs may stand still; customers are served.</summary>
public sealed class UnreadLogTests
{
    /// <summary>Each writes several lines of about 300 bytes: the pipe holds 64 KiB, the queue
    /// before it 2,500 lines.</summary>
    private const int Requests = 3000;

    private static readonly Uri Profile = new("/api/utc/profile", UriKind.Relative);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Theory, InlineData(true), InlineData(false)]
    public async Task Requests_WhoseLogNobodyReads_AreAnswered(bool frontEndApart)
    {
        await using var service = await RunningService.Start(
            frontEndApart: frontEndApart, settings: new Dictionary<string, string>
            {
                ["Logging__LogLevel__Microsoft.AspNetCore.Routing"] = "Debug",
            });
        var goOn = service.PauseLauncher();
        try
        {
            for (var number = 0; number < Requests; number++)
            {
                using var answer = await service.Client.GetAsync(Profile).WaitAsync(Soon);
                ((int)answer.StatusCode).ShouldBeLessThan(500);
            }
        }
        finally
        {
            goOn();
        }

        await Eventually.Holds("the log says how many lines are missing", async () =>
        {
            using var answer = await service.Client.GetAsync(Profile).WaitAsync(Soon);
            return Array.Exists(Directory.GetFiles(service.Logs), SaysSo);
        }, TestContext.Current.CancellationToken);
    }

    private static bool SaysSo(string log)
    {
        using var open = new StreamReader(
            new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return open.ReadToEnd().Contains("dropped because of queue size limit");
    }
}
