using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerGrains.Storage.SignIn;

/// <summary>Removes what sign-in and the courier no longer need. Every silo does it; they skip what
/// another has locked.</summary>
public sealed partial class SignInPurge(
    NpgsqlDataSource database, TimeProvider time, ILogger<SignInPurge> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>Rows per statement: a transaction of some milliseconds, which holds nobody up.
    /// </summary>
    private const int RowsPerStatement = 1_000;

    /// <summary>Statements per table and tick: 1.2 million rows an hour, more than can arise.
    /// </summary>
    private const int StatementsPerTick = 20;

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
    ];

    /// <summary>One round.</summary>
    public async Task Purge(CancellationToken cancellation)
    {
        var now = time.UtcNowInMilliseconds();
        foreach (var (statement, kept) in Tables)
            for (var i = 0; i < StatementsPerTick; i++)
            {
                await using var command = database.Command(statement, now - kept, RowsPerStatement);
                if (await command.ExecuteNonQueryAsync(cancellation) < RowsPerStatement) break;
            }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Purge(stoppingToken);
            }
            catch (NpgsqlException e)
            {
                LogFailed(e.SqlState);
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Old rows could not be removed ({SqlState}).")]
    private partial void LogFailed(string? sqlState);
}
