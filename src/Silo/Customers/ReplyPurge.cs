using CustomerGrains.Storage.Customers;
using Npgsql;

namespace CustomerGrains.Silo.Customers;

/// <summary>Deletes stored replies of idempotent requests once they are past their lifetime. Every
/// silo does it: what one has deleted the next does not find.</summary>
internal sealed partial class ReplyPurge(
    CustomerStore store, TimeProvider time, ILogger<ReplyPurge> log) : BackgroundService
{
    /// <summary>Short against the 24 h lifetime, rare enough to cost nothing.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await store.ForgetOldReplies() > 0 && !stoppingToken.IsCancellationRequested)
                {
                }
            }
            catch (NpgsqlException e)
            {
                Failed(e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old replies could not be deleted; next try in ten minutes.")]
    private partial void Failed(Exception e);
}
