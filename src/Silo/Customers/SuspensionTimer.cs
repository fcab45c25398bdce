using CustomerGrains.Grains.Customers;
using Npgsql;

namespace CustomerGrains.Silo.Customers;

/// <summary>Looks for suspensions that are over. Every silo does it, so that it survives any of
/// them; what one has recorded the next does not find.</summary>
internal sealed partial class SuspensionTimer(
    SuspensionEnds ends, TimeProvider time, ILogger<SuspensionTimer> log) : BackgroundService
{
    /// <summary>How late the history may say that a suspension ended. One look-up in an index that
    /// is nearly always empty.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ends.Record(stoppingToken);
            }
            catch (NpgsqlException e)
            {
                Failed(e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Suspensions that are over could not be read; next try in five seconds.")]
    private partial void Failed(Exception e);
}
