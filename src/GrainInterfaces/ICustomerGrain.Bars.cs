using Orleans.Concurrency;

namespace CustomerGrains.GrainInterfaces;

/// <remarks>The bar itself: while it is in force, every call of the customer answers AccountBlocked
/// or AccountSuspended with <see cref="Reply.PublicReason"/>, ordering alone with the scope
/// <c>ordering</c>. What others do about orders under way goes on.</remarks>
public partial interface ICustomerGrain
{
    /// <summary>Blocks or suspends, instead of whatever bar there is; answers a
    /// <see cref="BarView"/>. The same bar again changes nothing. Refusals: InvalidMember,
    /// CustomerNotFound.</summary>
    [Alias("Bar")]
    Task<Reply> Bar(BarDraft draft, CommandContext context);

    /// <summary>Lifts the bar; answers a <see cref="BarView"/>, also when there was none.
    /// Refusals: InvalidMember, CustomerNotFound.</summary>
    [Alias("Unbar")]
    Task<Reply> Unbar(BarLifting lifting, CommandContext context);

    /// <summary>Records that a suspension is over, if it is. Internal; repeating is safe.
    /// Refusals: CustomerNotFound.</summary>
    [Alias("EndSuspension")]
    Task<Reply> EndSuspension(CommandContext context);

    /// <summary>Whether the customer may come in; answers an empty body. Internal. Refusals:
    /// CustomerUnknown, AccountBlocked, AccountSuspended.</summary>
    [AlwaysInterleave, Alias("GetStanding")]
    ValueTask<Reply> GetStanding();
}
