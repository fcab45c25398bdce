using CustomerGrains.Grains.Imports;
using Npgsql;

namespace CustomerGrains.Silo.Customers;

/// <summary>Looks for imports that are to be worked off.</summary>
internal sealed partial class ImportTimer(
    RunningImports imports, TimeProvider time, ILogger<ImportTimer> log) : BackgroundService
{
    /// <summary>How long an import may wait for its beginning. One look-up in an index that is
    /// nearly always empty.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await imports.WorkOff(stoppingToken);
            }
            catch (NpgsqlException e)
            {
                Failed(e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Imports could not be looked for; next try in a second.")]
    private partial void Failed(Exception e);
}
