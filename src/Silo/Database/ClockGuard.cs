using CustomerGrains.Storage.Health;
using Npgsql;

namespace CustomerGrains.Silo.Database;

/// <summary>Keeps a silo from joining the cluster with a clock that is not the database's, and ends
/// it on the spot, as by kill -9, when its clock goes astray. See docs/adr/0027.</summary>
internal sealed partial class ClockGuard(
    ClockProbe probe, TimeProvider time, ILogger<ClockGuard> log) : BackgroundService
{
    /// <summary>How long a clock that jumped goes unnoticed.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await probe.Verify(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await probe.Verify(stoppingToken);
            }
            catch (NpgsqlException)
            {
                // Without the database nothing ends at any time. Readiness tells of it.
            }
            catch (ClockRefusedException e)
            {
                Astray(log, e);
                Environment.FailFast(e.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The clock went astray; the silo ends.")]
    private static partial void Astray(ILogger log, Exception cause);
}
