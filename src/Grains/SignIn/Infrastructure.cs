using CustomerGrains.GrainInterfaces;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerGrains.Grains.SignIn;

/// <summary>Turns failures of what lies below into the one exception that callers know. Refusals
/// are values and do not come this way.</summary>
internal static partial class Infrastructure
{
    public static async Task<T> Guard<T>(ILogger log, Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (IsAway(e))
        {
            LogAway(log, e.GetType().Name, (e as NpgsqlException)?.SqlState);
            // Without the inner exception: its types need not be known to the caller.
            throw new TryAgainException("The database or the cluster did not answer.");
        }
    }

    /// <summary>SQLSTATE: the server ended a transaction that had stood still too long.</summary>
    private const string IdleInTransactionTimeout = "25P03";

    /// <summary>SQLSTATE class 57: cancelled, shut down, starting.</summary>
    private const string OperatorIntervention = "57";

    // A PostgresException that is not transient is a defect of ours, and stays loud.
    private static bool IsAway(Exception e) => e switch
    {
        PostgresException p => p.IsTransient
            || p.SqlState.StartsWith(OperatorIntervention, StringComparison.Ordinal)
            || p.SqlState == IdleInTransactionTimeout,
        NpgsqlException or TimeoutException or OrleansException => true,
        _ => false,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "A call failed below: {Kind} {SqlState}.")]
    private static partial void LogAway(ILogger log, string kind, string? sqlState);
}
