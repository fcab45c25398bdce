using CustomerGrains.Storage.Customers;
using Npgsql;
using NpgsqlTypes;

namespace CustomerGrains.Storage.Orders;

/// <summary>The statements of a commit that concern orders; none when no order changed.</summary>
internal static class OrderStatements
{
    private static readonly string Insert = SqlText.Load("Customers/insert_orders");
    private static readonly string Update = SqlText.Load("Customers/update_orders");

    public static void AddOrders(this NpgsqlBatch statements, List<CommitRow> batch)
    {
        if (!batch.Exists(r => r.Orders.Length > 0)) return;
        var orders = batch.SelectMany(r => r.Orders).ToArray();
        // By id, so that two batches with the same ids wait instead of deadlocking.
        var placed = orders.Where(o => o.IsNew).OrderBy(o => o.Order.Id).ToArray();
        var changed = orders.Where(o => !o.IsNew).ToArray();
        if (placed.Length > 0) statements.BatchCommands.Add(InsertOf(placed));
        if (changed.Length > 0) statements.BatchCommands.Add(UpdateOf(changed));
    }

    private static NpgsqlBatchCommand InsertOf(OrderRow[] rows) =>
        new Columns<OrderRow>(Insert, rows)
        .Add(NpgsqlDbType.Uuid, r => r.CustomerId)
        .Add(NpgsqlDbType.Bigint, r => r.Version)
        .Add(NpgsqlDbType.Uuid, r => r.Order.Id)
        .Add(NpgsqlDbType.Uuid, r => r.Order.BranchId)
        .Add(NpgsqlDbType.Numeric, r => r.Order.Total)
        .Add(NpgsqlDbType.Jsonb, r => r.Snapshot)
        .Add(NpgsqlDbType.Uuid, r => r.Order.AddressId)
        .Add(NpgsqlDbType.Text, r => string.Join(',', r.Order.Categories.Items))
        .Add(NpgsqlDbType.Bytea, r => Convert.FromHexString(r.Order.Fingerprint))
        .Add(NpgsqlDbType.TimestampTz, r => r.Order.PlacedAt)
        .Add(NpgsqlDbType.TimestampTz, r => r.At)
        .Command;

    private static NpgsqlBatchCommand UpdateOf(OrderRow[] rows) =>
        new Columns<OrderRow>(Update, rows)
        .Add(NpgsqlDbType.Uuid, r => r.CustomerId)
        .Add(NpgsqlDbType.Bigint, r => r.Version)
        .Add(NpgsqlDbType.Uuid, r => r.Order.Id)
        .Add(NpgsqlDbType.Uuid, r => r.Order.RiderId)
        .Add(NpgsqlDbType.Text, r => r.Order.Status.Name())
        .Add(NpgsqlDbType.Numeric, r => r.Order.Total)
        .Add(NpgsqlDbType.Integer, r => r.Order.ContactVersion)
        .Add(NpgsqlDbType.Boolean, r => r.Order.PhoneUpdated)
        .Add(NpgsqlDbType.TimestampTz, r => r.Order.UpdatedAt)
        .Add(NpgsqlDbType.TimestampTz, r => r.Order.EndedAt)
        .Command;
}
