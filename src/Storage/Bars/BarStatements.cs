using CustomerGrains.Storage.Customers;
using Npgsql;
using NpgsqlTypes;

namespace CustomerGrains.Storage.Bars;

/// <summary>The statements of a commit that concern bars; none when no bar changed.</summary>
internal static class BarStatements
{
    private static readonly string Write = SqlText.Load("Customers/write_bars");
    private static readonly string Lift = SqlText.Load("Customers/lift_bars");

    public static void AddBars(this NpgsqlBatch statements, List<CommitRow> batch)
    {
        if (!batch.Exists(r => r.Bar is not null)) return;
        var rows = batch.Where(r => r.Bar is not null).Select(r => r.Bar!).ToArray();
        var imposed = rows.Where(r => r.Bar is not null).ToArray();
        var lifted = rows.Where(r => r.Bar is null).ToArray();
        if (imposed.Length > 0) statements.BatchCommands.Add(WriteOf(imposed));
        if (lifted.Length > 0) statements.BatchCommands.Add(Begin(Lift, lifted).Command);
    }

    private static NpgsqlBatchCommand WriteOf(BarRow[] rows) => Begin(Write, rows)
        .Add(NpgsqlDbType.Text, r => r.Bar!.Kind.Name())
        .Add(NpgsqlDbType.Text, r => r.Bar!.Scope.Name())
        .Add(NpgsqlDbType.Text, r => r.Bar!.ReasonCode)
        .Add(NpgsqlDbType.Bytea, r => r.Comment)
        .Add(NpgsqlDbType.Bytea, r => r.PublicReason)
        .Add(NpgsqlDbType.TimestampTz, r => r.Bar!.Until)
        .Add(NpgsqlDbType.Uuid, r => r.Bar!.By)
        .Add(NpgsqlDbType.TimestampTz, r => r.Commit.At)
        .Command;

    private static Columns<BarRow> Begin(string sql, BarRow[] rows) =>
        new Columns<BarRow>(sql, rows)
            .Add(NpgsqlDbType.Uuid, r => r.Commit.After.Id)
            .Add(NpgsqlDbType.Bigint, r => r.Commit.After.Version);
}
