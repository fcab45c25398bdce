namespace CustomerGrains.Domain.Customers;

/// <summary>Which tier delivered orders earn. Both thresholds of a tier must be reached: many
/// small orders and one large one are different customers.</summary>
/// <param name="Version">Recorded with each change of tier.</param>
public sealed record TierRules(
    int Version, TierThreshold Regular, TierThreshold Vip, TierThreshold Premium)
{
    public static readonly TierRules AsDelivered = new(
        1, new(3, 0.00m), new(10, 10_000.00m), new(30, 50_000.00m));

    /// <summary>A higher tier asks for no less than a lower one.</summary>
    public bool Rises =>
        Regular.Orders <= Vip.Orders && Vip.Orders <= Premium.Orders
        && Regular.Spend <= Vip.Spend && Vip.Spend <= Premium.Spend;

    public CustomerTier Of(int orders, decimal spend)
    {
        if (Premium.IsReached(orders, spend)) return CustomerTier.Premium;
        if (Vip.IsReached(orders, spend)) return CustomerTier.Vip;
        return Regular.IsReached(orders, spend) ? CustomerTier.Regular : CustomerTier.New;
    }
}

/// <param name="Orders">Delivered ones.</param>
/// <param name="Spend">In the service's currency.</param>
public readonly record struct TierThreshold(int Orders, decimal Spend)
{
    public bool IsReached(int orders, decimal spend) => orders >= Orders && spend >= Spend;
}
