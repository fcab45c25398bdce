namespace CustomerGrains.Domain.Customers;

// Words with a fixed set of values. Stored by name (see each store mapping): never rename.

public enum AccountStatus
{
    Active,
    Blocked,
    Suspended,
    Temporary,
}

public enum Gender
{
    Male,
    Female,
    Other,
}

public enum CustomerTier
{
    New,
    Regular,
    Vip,
    Premium,
}

public enum OrderStatus
{
    Placed,
    Accepted,
    PickedUp,
    Delivered,
    Cancelled,
    Failed,
}

/// <summary>What an app tells of its use.</summary>
public enum ActivityKind
{
    SessionStarted,
    SessionEnded,
    CartAbandoned,
}

public enum BarKind
{
    Blocked,
    Suspended,
}

public enum BarScope
{
    /// <summary>Nothing may be done or seen.</summary>
    All,

    /// <summary>Everything but ordering.</summary>
    Ordering,
}

public enum ContactChannel
{
    Phone = 1,
    Email = 2,
}
