namespace CustomerGrains.GrainInterfaces;

/// <summary>The way from an order to its customer, where all its rules live. The key is the order's
/// id.</summary>
[Alias("cg.IOrderGrain")]
public interface IOrderGrain : IGrainWithGuidKey
{
    /// <summary>Whose order it is; null when there is none. Read from the database once, then from
    /// memory. Throws <see cref="TryAgainException"/> when the database does not answer.</summary>
    [Alias("GetCustomer")]
    ValueTask<Guid?> GetCustomer();

    /// <summary>The same, read anew: for whoever found that the order is no longer where it was.
    /// </summary>
    [Alias("FindCustomerAgain")]
    ValueTask<Guid?> FindCustomerAgain();
}
