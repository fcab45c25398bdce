using Orleans.Concurrency;

namespace CustomerGrains.GrainInterfaces;

public partial interface ICustomerGrain
{
    /// <summary>Answers an <see cref="OrderView"/> with <see cref="ReplyCode.Created"/>, or with
    /// <see cref="ReplyCode.Ok"/> when the same order was there already. Refusals: InvalidMember,
    /// OrderCustomerUnknown, AccountBlocked, AccountSuspended, OrderExists, OrderAddressUnknown,
    /// ContactMissing, AgeUnknown, Underage, OrderLimit.</summary>
    [Alias("PlaceOrder")]
    Task<Reply> PlaceOrder(OrderDraft draft, CommandContext context);

    /// <summary>Answers an <see cref="OrderView"/>; repeating the present status does too.
    /// Refusals: InvalidMember, OrderUnknown, IllegalTransition.</summary>
    [Alias("ProgressOrder")]
    Task<Reply> ProgressOrder(Guid orderId, OrderReport report, CommandContext context);

    /// <summary>Answers an <see cref="OrderView"/>, for the order system. Refusals:
    /// OrderUnknown.</summary>
    [AlwaysInterleave, Alias("GetOrder")]
    Task<Reply> GetOrder(Guid orderId);

    /// <summary>Answers a <see cref="ContactView"/>, written to the access log before. Refusals:
    /// OrderUnknown, also when the rider may not see it (any more).</summary>
    [AlwaysInterleave, Alias("GetContact")]
    Task<Reply> GetContact(Guid orderId, Caller rider);

    /// <summary>A <see cref="PhoneUpdatedView"/> as UTF-8 JSON, null where
    /// <see cref="GetContact"/> would refuse. The most frequent read of all: for an active order
    /// it asks nobody and renders nothing.</summary>
    [AlwaysInterleave, Alias("GetPhoneUpdated")]
    ValueTask<byte[]?> GetPhoneUpdated(Guid orderId, Guid riderId);

    /// <summary>Clears the order's flag if the version is the newest; an older one changes
    /// nothing. Answers an empty body. Refusals: OrderUnknown, ContactVersionUnknown.</summary>
    [Alias("AcknowledgeContact")]
    Task<Reply> AcknowledgeContact(Guid orderId, int contactVersion, CommandContext context);

    /// <summary>Answers an <see cref="EligibilityView"/>. Refusals: InvalidMember
    /// (category).</summary>
    [AlwaysInterleave, Alias("GetEligibility")]
    Task<Reply> GetEligibility(string category, Caller caller);
}
