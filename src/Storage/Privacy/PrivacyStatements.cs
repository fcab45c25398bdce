using CustomerGrains.Storage.Customers;
using Npgsql;
using NpgsqlTypes;

namespace CustomerGrains.Storage.Privacy;

/// <summary>The statements of a commit about erasure and export; none when it is about neither.
/// </summary>
internal static class PrivacyStatements
{
    private static readonly string Write = SqlText.Load("Privacy/write_erasures");
    private static readonly string Cancel = SqlText.Load("Privacy/cancel_erasures");
    private static readonly string Erase = SqlText.Load("Privacy/erase_people");
    private static readonly string Export = SqlText.Load("Privacy/insert_exports");

    /// <summary>To be added last: an erasure takes the rows as the others left them.</summary>
    public static void AddPrivacy(this NpgsqlBatch statements, List<CommitRow> batch)
    {
        if (!batch.Exists(r => r.Privacy is not null)) return;
        var rows = batch.Where(r => r.Privacy is not null).Select(r => r.Privacy!).ToArray();
        var moved = rows.Where(r => r.MovesErasure).ToArray();
        Add(statements, [.. moved.Where(r => r.Erasure is { IsDone: false })], WriteOf);
        Add(statements, [.. moved.Where(r => r.Erasure is null)], r => Begin(Cancel, r).Command);
        Add(statements, [.. rows.Where(r => r.ExportId is not null)], ExportOf);
        Add(statements, [.. moved.Where(r => r.Erasure is { IsDone: true })], EraseOf);
    }

    private static void Add(
        NpgsqlBatch statements, PrivacyRow[] rows, Func<PrivacyRow[], NpgsqlBatchCommand> make)
    {
        if (rows.Length > 0) statements.BatchCommands.Add(make(rows));
    }

    private static NpgsqlBatchCommand WriteOf(PrivacyRow[] rows) => Begin(Write, rows)
        .Add(NpgsqlDbType.TimestampTz, r => r.Erasure!.RequestedAt)
        .Add(NpgsqlDbType.TimestampTz, r => r.Erasure!.RunsAt)
        .Command;

    private static NpgsqlBatchCommand EraseOf(PrivacyRow[] rows) => Begin(Erase, rows)
        .Add(NpgsqlDbType.TimestampTz, r => r.Commit.At)
        .Add(NpgsqlDbType.Bytea, r => r.PhoneIndex)
        .Add(NpgsqlDbType.Bytea, r => r.EmailIndex)
        .Command;

    private static NpgsqlBatchCommand ExportOf(PrivacyRow[] rows) => Begin(Export, rows)
        .Add(NpgsqlDbType.Uuid, r => r.ExportId!.Value)
        .Add(NpgsqlDbType.TimestampTz, r => r.Commit.At)
        .Command;

    private static Columns<PrivacyRow> Begin(string sql, PrivacyRow[] rows) =>
        new Columns<PrivacyRow>(sql, rows)
            .Add(NpgsqlDbType.Uuid, r => r.Commit.After.Id)
            .Add(NpgsqlDbType.Bigint, r => r.Commit.After.Version);
}
