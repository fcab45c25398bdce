using CustomerGrains.Storage.Customers;
using Npgsql;
using NpgsqlTypes;

namespace CustomerGrains.Storage.Tracing;

/// <summary>The statement of a commit that notes its trace; none when no trace is recorded.
/// </summary>
internal static class TraceStatements
{
    private static readonly string Write = SqlText.Load("Tracing/write_traces");

    /// <summary>After the journal rows.</summary>
    public static void AddTraces(this NpgsqlBatch statements, List<CommitRow> batch)
    {
        if (!batch.Exists(r => r.Commit.TraceParent is not null)) return;
        var rows = batch.Where(r => r.Commit.TraceParent is not null).ToArray();
        statements.BatchCommands.Add(new Columns<CommitRow>(Write, rows)
            .Add(NpgsqlDbType.Uuid, r => r.Id)
            .Add(NpgsqlDbType.Bigint, r => r.Commit.After.Version)
            .Add(NpgsqlDbType.Uuid, r => r.Commit.CommandId)
            .Add(NpgsqlDbType.Text, r => r.Commit.TraceParent)
            .Add(NpgsqlDbType.TimestampTz, r => r.Commit.At)
            .Command);
    }
}
