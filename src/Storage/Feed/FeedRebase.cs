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
        if (await new FeedCheck(owner).PositionsAhead(cancellation) == 0) return false;
        await using var connection = await owner.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = SqlText.Load("Definitions/rebase-feed");
        command.CommandTimeout = NoLimit;
        await command.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }
}
