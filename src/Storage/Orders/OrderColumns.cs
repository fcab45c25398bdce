using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;
using Npgsql;

namespace CustomerGrains.Storage.Orders;

/// <summary>An order's row; columns in the order of <c>load_orders.sql</c> and
/// <c>find_order.sql</c>.</summary>
internal static class OrderColumns
{
    public static Guid OwnerOf(NpgsqlDataReader r) => r.GetGuid(0);

    /// <summary>Of <c>find_order.sql</c>: the key of whoever placed the order; null when that is
    /// the owner.</summary>
    public static DataKey? PlacerOf(NpgsqlDataReader r, KeyRing keys) => r.IsDBNull(15)
        ? null
        : keys.Unwrap(
            r.GetGuid(15), new WrappedKey(r.GetInt32(16), r.GetFieldValue<byte[]>(17)));

    /// <param name="key">Null: it was destroyed, and with it what it sealed.</param>
    public static ActiveOrder Read(NpgsqlDataReader r, DataKey? key) => new()
    {
        Id = r.GetGuid(1),
        BranchId = r.GetGuid(2),
        RiderId = r.IsDBNull(3) ? null : r.GetGuid(3),
        Status = StoredWords.ParseOrderStatus(r.GetString(4))
            ?? throw new InvalidOperationException("The database holds an unknown status."),
        Total = r.GetDecimal(5),
        Snapshot = SnapshotSeal.Read(key, r.GetString(6)),
        AddressId = r.IsDBNull(7) ? null : r.GetGuid(7),
        Categories = CategoryNames.From(r.GetFieldValue<string[]>(8)),
        Fingerprint = Convert.ToHexStringLower(r.GetFieldValue<byte[]>(9)),
        ContactVersion = r.GetInt32(10),
        PhoneUpdated = r.GetBoolean(11),
        PlacedAt = r.GetFieldValue<DateTimeOffset>(12),
        UpdatedAt = r.GetFieldValue<DateTimeOffset>(13),
        EndedAt = r.TimeOrNull(14),
    };
}
