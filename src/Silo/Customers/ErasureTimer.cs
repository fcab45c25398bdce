using CustomerGrains.Grains.Customers;
using Npgsql;

namespace CustomerGrains.Silo.Customers;

/// <summary>Looks for erasures that are due. Every silo does it, so that it survives any of them;
/// what one has carried out the next does not find.</summary>
internal sealed partial class ErasureTimer(
    ErasureRuns runs, TimeProvider time, ILogger<ErasureTimer> log) : BackgroundService
{
    /// <summary>How long after its time, or after the end of the last order, an erasure may begin.
    /// One look-up in an index that is nearly always empty.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await runs.Run(stoppingToken);
            }
            catch (NpgsqlException e)
            {
                Failed(e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Erasures that are due could not be read; next try in five seconds.")]
    private partial void Failed(Exception e);
}
