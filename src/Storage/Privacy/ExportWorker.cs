using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerGrains.Storage.Privacy;

/// <summary>Makes the exports that customers ask for. One per silo.</summary>
public sealed partial class ExportWorker(
    ExportStore exports, ExportSignal signal, TimeProvider time, ILogger<ExportWorker> log)
    : BackgroundService
{
    /// <summary>How long an export of a silo that died waits, beside its lease. One look-up in an
    /// index that is nearly always empty.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await exports.MakeDue(e => Failed(e.GetType().Name), stoppingToken) > 0)
                    continue; // more may be waiting
            }
            catch (NpgsqlException e)
            {
                DatabaseAway(e.SqlState);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await signal.Wait(Interval, time, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Error,
        Message = "An export could not be made: {Kind}. It is tried again, five times in all.")]
    private partial void Failed(string kind);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Exports could not be looked for ({SqlState}).")]
    private partial void DatabaseAway(string? sqlState);
}
