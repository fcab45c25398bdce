namespace CustomerGrains.Domain.Customers;

/// <summary>Why two customers cannot become one now, or one two again.</summary>
/// <param name="CustomerId">On whose side.</param>
public readonly record struct MergeBlocker(MergeObstacle Obstacle, Guid CustomerId);

/// <summary>In order of precedence, as they are listed.</summary>
public enum MergeObstacle
{
    /// <summary>Nobody merges with himself.</summary>
    SameCustomer,

    /// <summary>There is no such customer.</summary>
    CustomerUnknown,

    /// <summary>Merged into another already.</summary>
    AlreadyMerged,

    /// <summary>Part of a merge that is not complete.</summary>
    MergeInProgress,

    AccountBlocked,
    AccountSuspended,

    /// <summary>Orders are under way.</summary>
    ActiveOrders,

    /// <summary>A contact change waits for its code.</summary>
    ChangePending,

    /// <summary>A contact change can still be undone.</summary>
    ChangeFrozen,

    /// <summary>The person asked to be forgotten.</summary>
    ErasurePending,

    /// <summary>More addresses together than one customer may have.</summary>
    AddressLimit,

    /// <summary>The survivor absorbed as many as one may.</summary>
    MergeLimit,

    /// <summary>Of an undo: the survivor proved a contact of the redundant by itself.</summary>
    ContactInUse,
}
