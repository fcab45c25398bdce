using CustomerGrains.Storage.Schema;
using Npgsql;

namespace CustomerGrains.Storage.Feed;

/// <summary>Finds a feed that would stand still without a word: after a logical restore transaction
/// numbers begin anew, and every new row sorts before what was delivered.</summary>
public sealed class FeedCheck(NpgsqlDataSource database)
{
    /// <exception cref="SchemaRefusedException">Positions lie ahead of the database's
    /// transactions.</exception>
    public async Task Verify(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var ahead = await PositionsAhead(connection, cancellation);
        if (ahead == 0) return;
        throw new SchemaRefusedException(
            $"{ahead} positions of the journal's feed lie ahead of this database's transactions, as "
            + "after a logical restore (pg_dump). Restore physically, or, once, with all silos "
            + "stopped, run: launcher rebase-feed. It sets the transaction of every journal row to "
            + "one of this database, in the old order, and the positions with them.");
    }

    internal static async Task<long> PositionsAhead(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command =
            new NpgsqlCommand(SqlText.Load("Feed/positions_ahead"), connection);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
