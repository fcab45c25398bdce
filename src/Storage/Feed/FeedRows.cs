using System.Collections.Immutable;
using System.Globalization;
using CustomerGrains.GrainInterfaces;
using Npgsql;

namespace CustomerGrains.Storage.Feed;

/// <summary>Journal rows as the feed's statements give them.</summary>
internal static class FeedRows
{
    public static async Task<ImmutableArray<JournalRow>> Read(
        NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var rows = ImmutableArray.CreateBuilder<JournalRow>();
        while (await reader.ReadAsync(cancellation)) rows.Add(RowAt(reader, 0));
        return rows.DrainToImmutable();
    }

    /// <param name="column">Of the row's transaction; the others follow it.</param>
    public static JournalRow RowAt(NpgsqlDataReader reader, int column) => new(
        PositionAt(reader, column),
        reader.GetGuid(column + 2),
        reader.GetInt64(column + 3),
        reader.GetGuid(column + 4),
        reader.GetGuid(column + 5),
        (CallerRole)reader.GetInt16(column + 6),
        reader.GetFieldValue<DateTimeOffset>(column + 7),
        reader.GetString(column + 8));

    public static FeedPosition PositionAt(NpgsqlDataReader reader, int column) =>
        new(reader.GetFieldValue<ulong>(column), reader.GetInt64(column + 1));

    /// <summary>A transaction number as the statements take it: the driver has no arrays of them.
    /// </summary>
    public static string Text(ulong xid) => xid.ToString(CultureInfo.InvariantCulture);
}
