using CustomerGrains.Storage.Customers;
using Npgsql;
using NpgsqlTypes;

namespace CustomerGrains.Storage.Search;

/// <summary>The statements of a commit that keep the search by name; none when no name begins
/// differently now.</summary>
internal static class NameRows
{
    /// <summary>Characters by which names are indexed: enough to tell people apart, and most
    /// corrections come later in a name. Repeated by <c>Search/by_name.sql</c>.</summary>
    private const int IndexedCharacters = 16;

    private static readonly string Write = SqlText.Load("Customers/write_names");
    private static readonly string Forget = SqlText.Load("Customers/forget_names");

    public static void AddNames(this NpgsqlBatch statements, List<CommitRow> batch)
    {
        if (!batch.Exists(IsChanged)) return;
        var rows = batch.Where(IsChanged).ToArray();
        var named = rows.Where(r => r.Commit.After.Name is not null).ToArray();
        var nameless = rows.Where(r => r.Commit.After.Name is null).ToArray();
        if (named.Length > 0)
        {
            statements.BatchCommands.Add(Begin(Write, named)
                .Add(NpgsqlDbType.Text, r => Beginning(r.Commit.After.Name!).ToString())
                .Command);
        }

        if (nameless.Length > 0) statements.BatchCommands.Add(Begin(Forget, nameless).Command);
    }

    private static bool IsChanged(CommitRow row)
    {
        var (before, after) = (row.Commit.Before.Name, row.Commit.After.Name);
        if (ReferenceEquals(before, after)) return false;
        return before is null || after is null
            || !Beginning(before).SequenceEqual(Beginning(after));
    }

    private static ReadOnlySpan<char> Beginning(string name)
    {
        var at = 0;
        for (var count = 0; count < IndexedCharacters && at < name.Length; count++)
            at += char.IsSurrogatePair(name, at) ? 2 : 1;
        return name.AsSpan(0, at);
    }

    private static Columns<CommitRow> Begin(string sql, CommitRow[] rows) =>
        new Columns<CommitRow>(sql, rows)
            .Add(NpgsqlDbType.Uuid, r => r.Id)
            .Add(NpgsqlDbType.Bigint, r => r.Commit.After.Version);
}
