using CustomerGrains.Storage.Contacts;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Standings;
using Npgsql;
using NpgsqlTypes;

namespace CustomerGrains.Storage.Merges;

/// <summary>The statements of a commit that is a step of a merge; none in any other.</summary>
internal static class MergeStatements
{
    private static readonly string Write = SqlText.Load("Customers/write_merges");
    private static readonly string Forget = SqlText.Load("Customers/forget_merges");
    private static readonly string Take = SqlText.Load("Customers/take_frozen");
    private static readonly string MoveAddresses = SqlText.Load("Customers/move_addresses");
    private static readonly string ReturnAddresses = SqlText.Load("Customers/return_addresses");
    private static readonly string MoveOrders = SqlText.Load("Customers/move_orders");
    private static readonly string ReturnOrders = SqlText.Load("Customers/return_orders");
    private static readonly string Bury = SqlText.Load("Customers/bury_customers");
    private static readonly string Revive = SqlText.Load("Customers/revive_customers");

    /// <summary>To be added before the statements that write the customers.</summary>
    public static void AddRevivals(this NpgsqlBatch statements, List<CommitRow> batch)
    {
        if (!batch.Exists(r => r.Merges?.RevivedFrom is not null)) return;
        var rows = Of(batch).Where(r => r.RevivedFrom is not null).ToArray();
        statements.BatchCommands.Add(new Columns<MergeRows>(Revive, rows)
            .Add(NpgsqlDbType.Uuid, r => r.Commit.Before.Id)
            .Add(NpgsqlDbType.Bigint, r => r.Commit.Before.Version)
            .Add(NpgsqlDbType.Uuid, r => r.RevivedFrom!.Value)
            .Command);
    }

    /// <summary>To be added after the statements that write the customers, and before those that
    /// write addresses and claim contacts.</summary>
    public static void AddMerges(this NpgsqlBatch statements, List<CommitRow> batch)
    {
        if (!batch.Exists(r => r.Merges is not null)) return;
        var rows = Of(batch).ToArray();
        AddMarks(statements, rows);
        AddMoves(statements, rows);
        AddReturns(statements, rows);
        ContactStatements.AddReservations(
            statements,
            [.. rows.SelectMany(r => r.Reserved)],
            [.. rows.SelectMany(r => r.Released)]);
        Add(statements, Bury, rows, r => r.BuriedIn, c => c
            .Add(NpgsqlDbType.TimestampTz, r => r.Commit.At));
    }

    private static IEnumerable<MergeRows> Of(List<CommitRow> batch) =>
        batch.Where(r => r.Merges is not null).Select(r => r.Merges!);

    private static void AddMarks(NpgsqlBatch statements, MergeRows[] rows)
    {
        var written = rows.SelectMany(r => r.Written).ToArray();
        if (written.Length > 0) statements.BatchCommands.Add(WriteOf(written));
        var forgotten = rows.SelectMany(r => r.Forgotten).ToArray();
        if (forgotten.Length == 0) return;
        statements.BatchCommands.Add(Begin(Forget, forgotten)
            .Add(NpgsqlDbType.Uuid, r => r.Merge.MergeId)
            .Add(NpgsqlDbType.Text, r => r.Merge.Stage.Name())
            .Command);
    }

    private static NpgsqlBatchCommand WriteOf(MergeRow[] rows) => Begin(Write, rows)
        .Add(NpgsqlDbType.Uuid, r => r.Merge.MergeId)
        .Add(NpgsqlDbType.Text, r => r.Merge.IsOfSurvivor ? "survivor" : "redundant")
        .Add(NpgsqlDbType.Uuid, r => r.Merge.OtherId)
        .Add(NpgsqlDbType.Text, r => r.Merge.Stage.Name())
        .Add(NpgsqlDbType.TimestampTz, r => r.Merge.At)
        .Add(NpgsqlDbType.Text, r => "{" + string.Join(',', r.Merge.Came.Addresses) + "}")
        .Add(NpgsqlDbType.Uuid, r => r.Merge.Came.DefaultAddressId)
        .Add(NpgsqlDbType.Integer, r => r.Merge.Came.Orders)
        .Add(NpgsqlDbType.Numeric, r => r.Merge.Came.Spend)
        .Add(NpgsqlDbType.Text, r => r.Merge.Came.TierBefore.Name())
        .Add(NpgsqlDbType.Boolean, r => r.Merge.Came.WasTemporary)
        .Add(NpgsqlDbType.Boolean, r => r.Merge.Came.Phone)
        .Add(NpgsqlDbType.Boolean, r => r.Merge.Came.Email)
        .Add(NpgsqlDbType.Jsonb, r => StandingColumns.Write(r.Merge.Came.Risks))
        .Command;

    private static void AddMoves(NpgsqlBatch statements, MergeRows[] rows)
    {
        var taken = rows.Where(r => r.Absorbed is not null).ToArray();
        if (taken.Length == 0) return;
        statements.BatchCommands.Add(Begin(Take, taken)
            .Add(NpgsqlDbType.Uuid, r => r.Commit.After.Merges[^1].MergeId)
            .Add(NpgsqlDbType.Uuid, r => r.Absorbed!.Value)
            .Command);
        var addresses = taken.SelectMany(r => r.MovedIn, (Row, Id) => (Row, Id)).ToArray();
        if (addresses.Length > 0)
        {
            statements.BatchCommands.Add(new Columns<(MergeRows Row, Guid Id)>(
                    MoveAddresses, addresses)
                .Add(NpgsqlDbType.Uuid, a => a.Row.Commit.After.Id)
                .Add(NpgsqlDbType.Bigint, a => a.Row.Commit.After.Version)
                .Add(NpgsqlDbType.Uuid, a => a.Row.Absorbed!.Value)
                .Add(NpgsqlDbType.Uuid, a => a.Id)
                .Command);
        }

        Add(statements, MoveOrders, taken, r => r.Absorbed, c => c);
    }

    private static void AddReturns(NpgsqlBatch statements, MergeRows[] rows)
    {
        var addresses = rows.SelectMany(r => r.MovedOut, (Row, Address) => (Row, Address)).ToArray();
        if (addresses.Length > 0)
        {
            statements.BatchCommands.Add(new Columns<(MergeRows Row, ReturnedAddress Address)>(
                    ReturnAddresses, addresses)
                .Add(NpgsqlDbType.Uuid, a => a.Row.Commit.After.Id)
                .Add(NpgsqlDbType.Bigint, a => a.Row.Commit.After.Version)
                .Add(NpgsqlDbType.Uuid, a => a.Row.GivenBackTo!.Value)
                .Add(NpgsqlDbType.Uuid, a => a.Address.Id)
                .Add(NpgsqlDbType.Bytea, a => a.Address.Line1)
                .Add(NpgsqlDbType.Bytea, a => a.Address.Line2)
                .Add(NpgsqlDbType.Boolean, a => a.Address.IsDefault)
                .Command);
        }

        Add(statements, ReturnOrders, rows, r => r.GivenBackTo, c => c);
    }

    private static void Add(
        NpgsqlBatch statements,
        string sql,
        MergeRows[] rows,
        Func<MergeRows, Guid?> other,
        Func<Columns<MergeRows>, Columns<MergeRows>> more)
    {
        var concerned = rows.Where(r => other(r) is not null).ToArray();
        if (concerned.Length == 0) return;
        statements.BatchCommands.Add(
            more(Begin(sql, concerned).Add(NpgsqlDbType.Uuid, r => other(r)!.Value)).Command);
    }

    private static Columns<MergeRows> Begin(string sql, MergeRows[] rows) =>
        new Columns<MergeRows>(sql, rows)
            .Add(NpgsqlDbType.Uuid, r => r.Commit.After.Id)
            .Add(NpgsqlDbType.Bigint, r => r.Commit.After.Version);

    private static Columns<MergeRow> Begin(string sql, MergeRow[] rows) =>
        new Columns<MergeRow>(sql, rows)
            .Add(NpgsqlDbType.Uuid, r => r.Commit.After.Id)
            .Add(NpgsqlDbType.Bigint, r => r.Commit.After.Version);
}
