using CustomerGrains.Grains.Customers;
using Npgsql;

namespace CustomerGrains.Silo.Customers;

/// <summary>Looks whether it is time for the pass over all customers. Every silo does it, so that
/// it survives any of them; one at a time is at it.</summary>
internal sealed partial class ReviewTimer(
    Reviews reviews, TimeProvider time, ILogger<ReviewTimer> log) : BackgroundService
{
    /// <summary>How late a pass may begin. One look at one row that is nearly always too early.
    /// </summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await reviews.Run(stoppingToken);
            }
            catch (NpgsqlException e)
            {
                Failed(e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Customers could not be reviewed; next try in five seconds.")]
    private partial void Failed(Exception e);
}
