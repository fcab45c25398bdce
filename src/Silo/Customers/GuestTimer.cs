using CustomerGrains.Grains.Customers;
using Npgsql;

namespace CustomerGrains.Silo.Customers;

/// <summary>Looks for idle guests. Every silo does it, so that it survives any of them; whom one has
/// forgotten the next does not find.</summary>
internal sealed partial class GuestTimer(
    GuestsForgotten guests, TimeProvider time, ILogger<GuestTimer> log) : BackgroundService
{
    /// <summary>How much longer than the idle time a guest may be known: nothing beside days. A
    /// round walks all guests that are older.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await guests.Run(stoppingToken);
            }
            catch (NpgsqlException e)
            {
                Failed(e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Idle guests could not be read; next try in ten minutes.")]
    private partial void Failed(Exception e);
}
