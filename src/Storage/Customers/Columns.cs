using Npgsql;
using NpgsqlTypes;

namespace CustomerGrains.Storage.Customers;

/// <summary>Builds a statement over parallel arrays, one array per <c>Add</c>. All arrays have one
/// element per row: unnest would pad unequal ones with nulls, silently.</summary>
internal readonly struct Columns<TRow>(string sql, TRow[] rows)
{
    public NpgsqlBatchCommand Command { get; } = new(sql);

    public Columns<TRow> Add<T>(NpgsqlDbType type, Func<TRow, T> pick)
    {
        var values = new T[rows.Length];
        for (var i = 0; i < values.Length; i++) values[i] = pick(rows[i]);
        Command.Parameters.Add(new NpgsqlParameter<T[]>
        {
            TypedValue = values,
            NpgsqlDbType = NpgsqlDbType.Array | type,
        });
        return this;
    }
}
