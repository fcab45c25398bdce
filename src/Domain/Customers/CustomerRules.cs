namespace CustomerGrains.Domain.Customers;

/// <summary>The policies that a decision goes by. What they led to is in the events, with the
/// version of the rule: nothing that was decided asks for them again.</summary>
public sealed record CustomerRules
{
    public static readonly CustomerRules AsDelivered = new();

    public CategoryAges Ages { get; init; } = CategoryAges.Unrestricted;

    public TierRules Tiers { get; init; } = TierRules.AsDelivered;

    public CompletionRules Completion { get; init; } = CompletionRules.AsDelivered;

    public RiskRules Risk { get; init; } = RiskRules.AsDelivered;
}
