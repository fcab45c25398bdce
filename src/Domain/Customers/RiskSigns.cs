using static CustomerGrains.Domain.Customers.CustomerEvent;

namespace CustomerGrains.Domain.Customers;

/// <summary>Which events are signs of risk. Counts are rebuilt from the journal by it: a kind that
/// counts, counts for ever.</summary>
public static class RiskSigns
{
    /// <returns>Null for an event that says nothing about risk. Deliveries are counted with the
    /// customer's totals.</returns>
    public static RiskSign? Of(CustomerEvent happened) => happened switch
    {
        ContactCodeFailed or LinkCodeFailed => RiskSign.OtpFailures,
        // A first contact has no old one, which could undo.
        ContactChanged { UndoUntil: not null } => RiskSign.ContactChanges,
        ContactRestored or ContactChangeCancelled { ByOldContact: true } => RiskSign.ContactUndos,
        OrderProgressed { New: OrderStatus.Cancelled } => RiskSign.CancelledOrders,
        OrderProgressed { New: OrderStatus.Failed } => RiskSign.FailedOrders,
        AddressChanged or AddressRemoved => RiskSign.AddressChanges,
        CustomerAbsorbed => RiskSign.Merges,
        UnderageOrderRefused => RiskSign.UnderageOrders,
        _ => null,
    };
}
