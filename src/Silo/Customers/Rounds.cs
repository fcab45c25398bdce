using Npgsql;

namespace CustomerGrains.Silo.Customers;

/// <summary>Does something again and again. Every silo does all of it, so that it survives any of
/// them; what one has done the next does not find.</summary>
/// <param name="what">For the log of a round that failed.</param>
/// <param name="interval">Between two rounds; the next one waits for the one before.</param>
internal sealed partial class Rounds(
    string what, TimeSpan interval, Func<CancellationToken, Task> round, TimeProvider time,
    ILogger<Rounds> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await round(stoppingToken);
            }
            catch (NpgsqlException e)
            {
                Failed(e, what, interval.TotalSeconds);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The database did not answer ({What}); next try in {Seconds} seconds.")]
    private partial void Failed(Exception e, string what, double seconds);
}
