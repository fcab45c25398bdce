using System.Diagnostics.Metrics;
using CustomerGrains.Storage.Feed;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerGrains.Storage.Metrics;

/// <summary>How many journal rows wait for somebody to see why they could not be taken: metric
/// <c>customer_dead_letters</c>, by subscriber.</summary>
public sealed partial class DeadLetterCount(
    FeedDatabase database, TimeProvider time, ILogger<DeadLetterCount> log) : BackgroundService
{
    private static readonly Meter Meter = new("CustomerGrains.DeadLetters");

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    // One without letters stays there with zero, once it had some.
    private volatile IReadOnlyDictionary<string, long> _latest =
        new Dictionary<string, long> { [MetricsStore.Subscriber] = 0 };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Meter.CreateObservableGauge(
            "customer_dead_letters",
            () => _latest.Select(count => new Measurement<long>(
                count.Value, KeyValuePair.Create<string, object?>("subscriber", count.Key))),
            "{row}", "Journal rows put aside and not replayed.");
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                _latest = await Count(stoppingToken);
            }
            catch (NpgsqlException e)
            {
                NotCounted(e.SqlState);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<Dictionary<string, long>> Count(CancellationToken cancellation)
    {
        var counts = _latest.Keys.ToDictionary(subscriber => subscriber, _ => 0L);
        await using var command = database.Source.Command("Metrics/count_dead_letters");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            counts[reader.GetString(0)] = reader.GetInt64(1);
        return counts;
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Dead letters could not be counted ({SqlState}).")]
    private partial void NotCounted(string? sqlState);
}
