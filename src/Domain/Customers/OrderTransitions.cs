namespace CustomerGrains.Domain.Customers;

/// <summary>Which status may follow which. Steps are not skipped: a missing report is a fault of
/// the order system that nobody would notice otherwise. Cancelling and failing end any order that
/// has not ended.</summary>
public static class OrderTransitions
{
    public static bool IsFinal(this OrderStatus status) =>
        status is OrderStatus.Delivered or OrderStatus.Cancelled or OrderStatus.Failed;

    public static bool MayBecome(this OrderStatus status, OrderStatus next) => next switch
    {
        OrderStatus.Placed => false,
        OrderStatus.Accepted => status == OrderStatus.Placed,
        OrderStatus.PickedUp => status == OrderStatus.Accepted,
        OrderStatus.Delivered => status == OrderStatus.PickedUp,
        OrderStatus.Cancelled or OrderStatus.Failed => !status.IsFinal(),
        _ => throw new InvalidOperationException($"Unknown status {next}."),
    };
}
