namespace CustomerGrains.Domain.Customers;

/// <summary>Which tier delivered orders earn. Both thresholds of a tier must be reached: many
/// small orders and one large one are different customers.</summary>
public static class TierRules
{
    /// <summary>Recorded with each change of tier; rises with any threshold.</summary>
    public const int Version = 1;

    public const int RegularOrdersMin = 3;

    public const int VipOrdersMin = 10;

    /// <summary>In the service's currency.</summary>
    public const decimal VipSpendMin = 10_000.00m;

    public const int PremiumOrdersMin = 30;

    /// <summary>In the service's currency.</summary>
    public const decimal PremiumSpendMin = 50_000.00m;

    public static CustomerTier Of(int orders, decimal spend) => (orders, spend) switch
    {
        ( >= PremiumOrdersMin, >= PremiumSpendMin) => CustomerTier.Premium,
        ( >= VipOrdersMin, >= VipSpendMin) => CustomerTier.Vip,
        ( >= RegularOrdersMin, _) => CustomerTier.Regular,
        _ => CustomerTier.New,
    };
}
