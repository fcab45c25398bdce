namespace CustomerGrains.GrainInterfaces;

/// <summary>The desk of a branch: who orders there. Stateless; which rows there are is decided by
/// the database. Every customer that is shown is written to the access log before: no log, no data.
/// Throws <see cref="TryAgainException"/> when there is no answer; repeating is safe, and is logged
/// again.</summary>
[Alias("cg.IBranchGrain")]
public interface IBranchGrain : IGrainWithIntegerKey
{
    /// <summary>Answers a <see cref="BranchOrderList"/> of the caller's branch, the newest first.
    /// Refusals: InvalidMember (purpose, cursor), PurposeRequired.</summary>
    /// <param name="purpose">1 to 200 characters, for the customer to read.</param>
    [Alias("ListOrders")]
    Task<Reply> ListOrders(PageRequest page, string? purpose, Caller caller);

    /// <summary>Answers a <see cref="BranchCustomerView"/>. Refusals, in this order: OrderUnknown,
    /// PurposeRequired, InvalidMember (purpose).</summary>
    [Alias("GetCustomer")]
    Task<Reply> GetCustomer(Guid orderId, string? purpose, Caller caller);
}
