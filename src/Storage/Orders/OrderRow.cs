using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;

namespace CustomerGrains.Storage.Orders;

/// <summary>An order as it goes to the database.</summary>
/// <param name="Snapshot">For a new order; null for one that changed.</param>
internal sealed record OrderRow(
    Guid CustomerId, long Version, ActiveOrder Order, string? Snapshot, DateTimeOffset At)
{
    /// <summary>Bytes that one sends, about; for the bound of a batch.</summary>
    public const int UsualBytes = 1500;

    public bool IsNew => Snapshot is not null;

    /// <summary>The orders that differ between a commit's two states: placed, changed,
    /// ended.</summary>
    public static OrderRow[] Changes(CustomerCommit commit)
    {
        var (before, after) = (commit.Before, commit.After);
        if (before.ActiveOrders == after.ActiveOrders) return [];

        var rows = new List<OrderRow>();
        foreach (var order in after.ActiveOrders)
        {
            var known = before.FindOrder(order.Id);
            if (known is null) rows.Add(Row(commit, order, Sealed(commit, order)));
            else if (!ReferenceEquals(known, order)) rows.Add(Row(commit, order, snapshot: null));
        }

        foreach (var order in before.ActiveOrders)
        {
            if (after.FindOrder(order.Id) is null)
                rows.Add(Row(commit, Ended(commit, order), snapshot: null));
        }

        return [.. rows];
    }

    private static string Sealed(CustomerCommit commit, ActiveOrder order) =>
        SnapshotSeal.Write(commit.Key, order.Snapshot);

    private static OrderRow Row(CustomerCommit commit, ActiveOrder order, string? snapshot) =>
        new(commit.After.Id, commit.After.Version, order, snapshot, commit.At);

    /// <summary>As the event left it that took it out of the customer's state.</summary>
    private static ActiveOrder Ended(CustomerCommit commit, ActiveOrder last)
    {
        foreach (var happened in commit.Events)
        {
            switch (happened)
            {
                case CustomerEvent.OrderDelivered e when e.OrderId == last.Id:
                    return last.Moved(OrderStatus.Delivered, e.Total, commit.At);
                case CustomerEvent.OrderProgressed e when e.OrderId == last.Id:
                    return last.Moved(e.New, last.Total, commit.At);
                default:
                    break;
            }
        }

        throw new InvalidOperationException("An order left the active ones without an event.");
    }
}
