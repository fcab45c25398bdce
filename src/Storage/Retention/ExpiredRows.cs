using CustomerGrains.Storage.Customers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerGrains.Storage.Retention;

/// <summary>Removes rows whose time is over. Every silo does it; they skip what another has locked
/// or already removed.</summary>
public sealed partial class ExpiredRows(
    NpgsqlDataSource database, TimeProvider time, ILogger<ExpiredRows> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>Rows per statement: a transaction of some milliseconds, which holds nobody up.
    /// </summary>
    private const int RowsPerStatement = 1_000;

    // How long each kind is kept after the time in its row.
    private static readonly (string Statement, TimeSpan Kept)[] Tables =
    [
        // Long enough that a late try is told "expired" instead of "unknown".
        ("SignIn/purge-challenges", TimeSpan.FromDays(7)),
        // Everything in them has left its window of 24 hours.
        ("SignIn/purge-destinations", TimeSpan.FromHours(25)),
        ("SignIn/purge-series", TimeSpan.FromHours(25)),
        ("SignIn/purge-reservations", TimeSpan.FromHours(1)),
        ("SignIn/purge-refresh-tokens", TimeSpan.FromDays(1)),
        // The rows carry no content any more; for counting what went wrong this week.
        ("Courier/purge-messages", TimeSpan.FromDays(7)),
        ("Courier/purge-mailbox", TimeSpan.FromDays(1)),
        ("Customers/forget_replies", CustomerStore.ReplyLifetime),
        // Who asks how an import ended asks soon.
        ("Imports/purge_imports", TimeSpan.FromDays(30)),
        // Whoever was cut off sends it all again.
        ("Imports/purge_uploads", TimeSpan.FromHours(1)),
        // Rows arrive within a second; a feed that stands still for a day is noticed otherwise.
        ("Tracing/purge_traces", TimeSpan.FromDays(1)),
        // The clock decided before; here the copies go.
        ("Privacy/expire_exports", TimeSpan.Zero),
        // Long enough to tell "expired" from "never was", and to count those of a day.
        ("Privacy/purge_exports", TimeSpan.FromDays(7)),
        // A session that lasts longer than a week counts twice; none does.
        ("Metrics/purge_sessions", TimeSpan.FromDays(7)),
    ];

    /// <summary>One round: everything that is over when it begins, statement by statement.</summary>
    public async Task Remove(CancellationToken cancellation)
    {
        var now = time.UtcNowInMilliseconds();
        foreach (var (statement, kept) in Tables)
        {
            int removed;
            do
            {
                await using var command = database.Command(statement, now - kept, RowsPerStatement);
                removed = await command.ExecuteNonQueryAsync(cancellation);
            }
            while (removed == RowsPerStatement);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Remove(stoppingToken);
            }
            catch (NpgsqlException e)
            {
                LogFailed(e.SqlState);
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Expired rows could not be removed ({SqlState}).")]
    private partial void LogFailed(string? sqlState);
}
