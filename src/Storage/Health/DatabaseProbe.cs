using Npgsql;

namespace CustomerGrains.Storage.Health;

/// <summary>Whether the database answers.</summary>
public sealed class DatabaseProbe(NpgsqlDataSource database)
{
    /// <summary>A probe that waits longer than this is itself the news.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Null when all is well, else a short reason without personal data.</summary>
    public async Task<string?> Check(CancellationToken cancellation = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            await using var connection = await database.OpenConnectionAsync(limit.Token);
            await using var command = connection.CreateCommand();
            command.CommandText = SqlText.Load("Health/probe");
            await command.ExecuteScalarAsync(limit.Token);
            return null;
        }
        catch (Exception e)
            when (e is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            return "The database does not answer.";
        }
    }
}
