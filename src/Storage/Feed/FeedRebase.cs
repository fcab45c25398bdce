using Npgsql;

namespace CustomerGrains.Storage.Feed;

/// <summary>Sets the journal's feed right after a logical restore, when transaction numbers have
/// begun anew.</summary>
/// <param name="owner">Connects as the role that owns the database; silos never do.</param>
public sealed class FeedRebase(NpgsqlDataSource owner)
{
    /// <summary>Seconds; 0 means no limit. Every row of the journal is written anew.</summary>
    private const int NoLimit = 0;

    /// <summary>Moves rows and positions to a transaction of this database, in the old order:
    /// what was delivered, counted and sealed stays so. All or nothing, with all silos stopped.
    /// </summary>
    /// <returns>False when nothing needed to be done, as when it is repeated.</returns>
    public async Task<bool> Run(CancellationToken cancellation)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Run(connection, "open-feed", cancellation);
        if (await FeedCheck.PositionsAhead(connection, cancellation) == 0) return false;
        await Run(connection, "rebase-feed", cancellation);
        await Run(connection, "close-feed", cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private static async Task Run(
        NpgsqlConnection connection, string definition, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = SqlText.Load("Definitions/" + definition);
        command.CommandTimeout = NoLimit;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
