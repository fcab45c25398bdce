namespace CustomerGrains.Domain.Customers;

/// <summary>What counts for or against a customer's risk. Stored by name: never rename.</summary>
public enum RiskSign
{
    /// <summary>A wrong code was shown for a contact change.</summary>
    OtpFailures,

    /// <summary>A contact was proved in place of another one.</summary>
    ContactChanges,

    /// <summary>An old contact took a change back.</summary>
    ContactUndos,

    CancelledOrders,

    FailedOrders,

    /// <summary>An address was changed or removed; new ones are no churn.</summary>
    AddressChanges,

    /// <summary>Another account was merged into this one.</summary>
    Merges,

    /// <summary>Days on which an order was refused because the customer is too young.</summary>
    UnderageOrders,

    /// <summary>Speaks for the customer: its points are taken off.</summary>
    DeliveredOrders,
}
