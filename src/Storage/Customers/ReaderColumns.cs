using Npgsql;

namespace CustomerGrains.Storage.Customers;

/// <summary>Columns that may be null.</summary>
internal static class ReaderColumns
{
    public static string? TextOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    public static byte[]? BytesOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);

    public static DateTimeOffset? TimeOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    public static Guid? GuidOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetGuid(column);
}
