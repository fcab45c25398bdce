using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Orders;
using CustomerGrains.Storage.Sealing;
using Npgsql;

namespace CustomerGrains.Storage.Branches;

/// <summary>A row of <c>branch_order_customers</c> before it is opened; columns in the order of
/// <c>Sql/Branches/list_orders.sql</c>.</summary>
internal sealed record SealedOrder(BranchOrder Order, byte[]? Phone, string Snapshot)
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
        r.GetString(6));

    /// <param name="key">Null: it was destroyed, and with it what it sealed.</param>
    public BranchOrder Open(DataKey? key) => key is null
        ? Order
        : Order with
        {
            Phone = key.OpenText(SealedColumn.Phone, Phone),
            Snapshot = SnapshotSeal.Read(key, Snapshot),
        };
}
