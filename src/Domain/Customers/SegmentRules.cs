namespace CustomerGrains.Domain.Customers;

/// <summary>Recency, frequency, monetary value: which kind of buyer somebody is, by fixed
/// thresholds. Ranks among all customers would change a segment without anything done by the
/// customer, and could not be explained from the customer's own history. See docs/adr/0015.
/// </summary>
/// <remarks>Stored by name: never rename.
/// <code>
/// last delivery    orders   spend     segment
/// none                                general
/// up to 30 days    10+      10,000+   champion
///                  4+                 loyal
///                  2+                 promising
///                  1                  new
/// up to 90 days    4+                 loyal
///                  1+                 needs-attention
/// up to 180 days   10+      10,000+   cannot-lose
///                  2+                 at-risk
///                  1                  hibernating
/// longer ago                          lost
/// </code>
/// </remarks>
public static class SegmentRules
{
    /// <summary>Recorded with each change of segment; rises with any threshold.</summary>
    public const int Version = 1;

    public const string General = Profile.DefaultSegment;
    public const string New = "new";
    public const string Promising = "promising";
    public const string Loyal = "loyal";
    public const string Champion = "champion";
    public const string NeedsAttention = "needs-attention";
    public const string AtRisk = "at-risk";
    public const string CannotLose = "cannot-lose";
    public const string Hibernating = "hibernating";
    public const string Lost = "lost";

    public const int PromisingOrdersMin = 2;
    public const int LoyalOrdersMin = 4;
    public const int ChampionOrdersMin = 10;

    /// <summary>In the service's currency.</summary>
    public const decimal ChampionSpendMin = 10_000.00m;

    /// <summary>A month between two orders is a habit.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromDays(30);

    public static readonly TimeSpan Lapsing = TimeSpan.FromDays(90);

    public static readonly TimeSpan Lapsed = TimeSpan.FromDays(180);

    public static string Of(Profile profile, DateTimeOffset now)
    {
        if (profile.TotalOrders == 0 || profile.LastDeliveredAt is not { } last) return General;
        return Of(profile.TotalOrders, profile.TotalSpend, now - last);
    }

    private static string Of(int orders, decimal spend, TimeSpan since)
    {
        var isChampion = orders >= ChampionOrdersMin && spend >= ChampionSpendMin;
        if (since <= Recent)
        {
            if (isChampion) return Champion;
            if (orders >= LoyalOrdersMin) return Loyal;
            return orders >= PromisingOrdersMin ? Promising : New;
        }

        if (since <= Lapsing) return orders >= LoyalOrdersMin ? Loyal : NeedsAttention;
        if (since > Lapsed) return Lost;
        if (isChampion) return CannotLose;
        return orders >= PromisingOrdersMin ? AtRisk : Hibernating;
    }
}
