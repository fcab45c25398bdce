using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Orders;
using CustomerGrains.Storage.Sealing;
using Npgsql;

namespace CustomerGrains.Storage.Branches;

/// <summary>A row of <c>branch_order_customers</c> before it is opened; columns in the order of
/// <c>Sql/Branches/list_orders.sql</c>.</summary>
/// <param name="KeyOwner">Whose key seals the snapshot.</param>
internal sealed record SealedOrder(
    BranchOrder Order, byte[]? Phone, string Snapshot, Guid KeyOwner)
{
    public static SealedOrder Read(NpgsqlDataReader r) => new(
        new BranchOrder(
            r.GetGuid(0),
            r.GetGuid(1),
            r.TextOrNull(2),
            Phone: null,
            StoredWords.ParseOrderStatus(r.GetString(4))
                ?? throw new InvalidOperationException("The database holds an unknown status."),
            r.GetDecimal(5),
            CustomerSnapshot.Empty,
            r.GetInt32(7),
            r.GetFieldValue<DateTimeOffset>(8),
            r.GetFieldValue<DateTimeOffset>(9),
            r.GetFieldValue<DateTimeOffset>(10),
            r.TimeOrNull(11)),
        r.BytesOrNull(3),
        r.GetString(6),
        r.GetGuid(12));

    /// <param name="keys">One that is missing was destroyed, and with it what it sealed.</param>
    public BranchOrder Open(Dictionary<Guid, DataKey> keys) => Order with
    {
        Phone = keys.GetValueOrDefault(Order.CustomerId)?.OpenText(SealedColumn.Phone, Phone),
        Snapshot = keys.GetValueOrDefault(KeyOwner) is { } key
            ? SnapshotSeal.Read(key, Snapshot)
            : CustomerSnapshot.Empty,
    };
}
