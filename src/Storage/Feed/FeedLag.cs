using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerGrains.Storage.Feed;

/// <summary>How late the feed is, for the engineer on call: metric
/// <c>customer_feed_lag_seconds</c>, by partition.</summary>
public sealed partial class FeedLag(FeedDatabase database, TimeProvider time, ILogger<FeedLag> log)
    : BackgroundService
{
    private static readonly Meter Meter = new("CustomerGrains.Feed");

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private volatile IReadOnlyList<Measurement<double>> _latest = [];

    /// <summary>Age of the oldest row that is not delivered, by partition; zero when all is.
    /// </summary>
    public async Task<IReadOnlyDictionary<short, TimeSpan>> Measure(CancellationToken cancellation)
    {
        await using var command = database.Source.Command("Feed/feed_lag");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (lags, now) = (new Dictionary<short, TimeSpan>(), time.GetUtcNow());
        while (await reader.ReadAsync(cancellation))
        {
            var oldest = reader.IsDBNull(1) ? now : reader.GetFieldValue<DateTimeOffset>(1);
            lags[reader.GetInt16(0)] = oldest < now ? now - oldest : TimeSpan.Zero;
        }

        return lags;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Meter.CreateObservableGauge(
            "customer_feed_lag", () => _latest, "s", "Age of the oldest row not delivered.");
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                _latest = [.. (await Measure(stoppingToken)).Select(lag => new Measurement<double>(
                    lag.Value.TotalSeconds, KeyValuePair.Create<string, object?>("partition", lag.Key)))];
            }
            catch (NpgsqlException e)
            {
                NotMeasured(e.SqlState);
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The feed's lag could not be measured ({SqlState}).")]
    private partial void NotMeasured(string? sqlState);
}
