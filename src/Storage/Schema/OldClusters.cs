using Npgsql;

namespace CustomerGrains.Storage.Schema;

/// <summary>What silos of earlier starts left in the membership tables.</summary>
public static class OldClusters
{
    /// <summary>
    /// Removes the rows of every cluster but one. A crashed start leaves silos that look alive;
    /// nobody would probe them, as each start is a cluster of its own, but they would add up.
    /// </summary>
    /// <param name="owner">A database that one launcher has to itself.</param>
    /// <param name="current">The cluster of this start.</param>
    public static async Task Forget(
        NpgsqlDataSource owner, string current, CancellationToken cancellation)
    {
        await using var command = owner.CreateCommand(SqlText.Load("Schema/forget-old-clusters"));
        command.Parameters.Add(new() { Value = current });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
