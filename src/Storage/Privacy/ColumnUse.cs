using System.Security.Cryptography;
using System.Text.Json;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Orders;
using CustomerGrains.Storage.Sealing;
using Npgsql;

namespace CustomerGrains.Storage.Privacy;

/// <summary>What becomes of one column in an export, and of its value when the person is
/// erased.</summary>
public sealed class ColumnUse
{
    private ColumnUse(string name) => Name = name;

    public string Name { get; }

    /// <summary>Why it is not exported; null: it is.</summary>
    public string? Withheld { get; private init; }

    /// <summary>Why its value outlives the person; null: it is overwritten, or its row goes, or the
    /// key that opens it.</summary>
    public string? Kept { get; private init; }

    /// <summary>Writes the value in clear.</summary>
    internal Action<ExportScope, NpgsqlDataReader, int> Write { get; private init; } =
        static (scope, reader, column) => scope.WritePlain(reader.GetValue(column));

    /// <summary>Exported as it lies there.</summary>
    public static ColumnUse Plain(string name, string? kept = null) => new(name) { Kept = kept };

    /// <summary>Exported as an amount: text with two places.</summary>
    internal static ColumnUse Money(string name, string? kept = null) => new(name)
    {
        Kept = kept,
        Write = static (scope, reader, column) => scope.WriteMoney(reader.GetDecimal(column)),
    };

    /// <summary>Exported as the JSON that it is.</summary>
    internal static ColumnUse Json(string name) => new(name)
    {
        Write = static (scope, reader, column) =>
            scope.Writer.WriteRawValue(reader.GetString(column)),
    };

    /// <summary>Exported after it was opened with the customer's key.</summary>
    internal static ColumnUse Sealed(string name, SealedColumn seal) => new(name)
    {
        Write = (scope, reader, column) => scope.WriteText(
            scope.Key.TryOpen(seal, reader.GetFieldValue<byte[]>(column))),
    };

    /// <summary>Exported after it was opened with the service's key; the row's id is the first
    /// column.</summary>
    internal static ColumnUse OfService(string name, SealedColumn seal) => new(name)
    {
        Write = (scope, reader, column) => scope.WriteText(Opened(() => scope.Keys.OpenForService(
            seal, reader.GetGuid(0), reader.GetFieldValue<byte[]>(column)))),
    };

    /// <summary>An order's snapshot, opened with the key of whoever placed it.</summary>
    internal static ColumnUse Snapshot(string name, string placer) => new(name)
    {
        Write = (scope, reader, column) => JsonSerializer.Serialize(
            scope.Writer,
            Opened(() => SnapshotSeal.Read(
                scope.KeyOf(reader.GuidOrNull(reader.GetOrdinal(placer))),
                reader.GetString(column))),
            ExportScope.Snake),
    };

    /// <summary>Null for what does not open: what is damaged is missing, the rest is there.
    /// </summary>
    private static T? Opened<T>(Func<T> open) where T : class
    {
        try
        {
            return open();
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Not exported.</summary>
    /// <param name="because">Why.</param>
    public static ColumnUse Not(string name, string because) =>
        new(name) { Withheld = because, Kept = because };
}

/// <summary>What becomes of one table.</summary>
/// <param name="Member">Of the document; null: nothing of it is exported.</param>
/// <param name="Because">With no member: why.</param>
public sealed record TableUse(
    string Name, string? Member, string? Because, IReadOnlyList<ColumnUse> Columns)
{
    /// <summary>At most one row: an object or null instead of a list.</summary>
    public bool IsSingle { get; init; }

    /// <summary>Columns of the statement <c>Sql/Privacy/Export/{Name}.sql</c>.</summary>
    public IEnumerable<ColumnUse> Exported => Columns.Where(c => c.Withheld is null);
}
