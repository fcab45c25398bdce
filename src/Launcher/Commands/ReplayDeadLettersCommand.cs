using System.CommandLine;
using CustomerGrains.Storage.Feed;
using CustomerGrains.Storage.Metrics;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerGrains.Launcher.Commands;

/// <summary><c>replay-dead-letters</c>: counts journal rows that were put aside, once their cause
/// is gone, while the service runs or not.</summary>
internal static class ReplayDeadLettersCommand
{
    /// <summary>Letters of one transaction: short enough not to hold the feed back.</summary>
    private const int LettersAtOnce = 100;

    /// <summary>Some letters still cannot be counted.</summary>
    private const int SomeLeft = 1;

    public static Command Create()
    {
        var data = DataOption.Create();
        var command = new Command("replay-dead-letters",
            "Counts journal rows that were put aside; ends with 1 when some still cannot be.")
        {
            data,
        };
        command.SetAction((parsed, stop) => OperatorDatabase.Use(
            parsed.DataDirectory(data), connection => Replay(connection, stop), stop));
        return command;
    }

    private static async Task<int> Replay(string connection, CancellationToken stop)
    {
        await using var database = new FeedDatabase(connection);
        await using var metrics = new MetricsStore(
            database, TimeProvider.System, NullLogger<MetricsStore>.Instance);
        var counted = 0;
        while (true)
        {
            // Those that cannot be counted stay first: a batch of them ends the run.
            var (some, left) = await metrics.Replay(LettersAtOnce, stop);
            counted += some;
            if (some > 0 && some + left == LettersAtOnce) continue;
            Console.WriteLine($"{counted} dead letters counted, {left} left");
            return left == 0 ? 0 : SomeLeft;
        }
    }
}
