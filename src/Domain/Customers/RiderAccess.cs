namespace CustomerGrains.Domain.Customers;

/// <summary>How much of the contact a rider may see.</summary>
public enum RiderAccess
{
    /// <summary>Not even that the order exists.</summary>
    None,

    /// <summary>That there was an order, with masked phones and no address.</summary>
    Masked,

    Full,
}

/// <summary>A rider's lease of the contact of one order.</summary>
public static class RiderLease
{
    /// <summary>Full sight after the end: somebody has to be told that the bag is at the door.
    /// </summary>
    public static readonly TimeSpan AfterEnd = TimeSpan.FromMinutes(15);

    /// <summary>Masked sight after that: a complaint can still be matched to the order.</summary>
    public static readonly TimeSpan MaskedAfterwards = TimeSpan.FromHours(24);

    /// <summary>Only the present rider has any: reassignment takes it away at once.</summary>
    public static RiderAccess AccessOf(this ActiveOrder order, Guid riderId, DateTimeOffset now)
    {
        if (order.RiderId != riderId) return RiderAccess.None;
        if (order.EndedAt is not { } ended || now < ended + AfterEnd) return RiderAccess.Full;
        return now < ended + AfterEnd + MaskedAfterwards ? RiderAccess.Masked : RiderAccess.None;
    }

    /// <summary>All but the last two digits hidden; nothing of a number too short for that.
    /// </summary>
    public static string? Mask(string? phone) => phone is null
        ? null
        : new string('*', Math.Max(phone.Length - VisibleDigits, MaskedDigitsMin))
            + (phone.Length >= VisibleDigits + MaskedDigitsMin ? phone[^VisibleDigits..] : "");

    /// <summary>Enough to tell two calls apart, too few to call.</summary>
    private const int VisibleDigits = 2;

    private const int MaskedDigitsMin = 4;
}
