using System.Collections.Immutable;

namespace CustomerGrains.Domain.Customers;

/// <summary>What the service holds of a customer: rewards, and signs of risk.</summary>
public sealed record Standing
{
    public static readonly Standing Fresh = new();

    /// <summary>Each code once, oldest first.</summary>
    public ImmutableArray<Reward> Rewards { get; init; } = [];

    public RiskCounts Risks { get; init; } = RiskCounts.None;

    /// <summary>As it was last recorded; 0 to <see cref="RiskRules.ScoreMax"/>.</summary>
    public int RiskScore { get; init; }

    /// <summary>The day (UTC) of the last order that was refused for the customer's age; one a
    /// day counts.</summary>
    public DateOnly? UnderageOrderOn { get; init; }

    public bool Has(string reward)
    {
        foreach (var one in Rewards)
            if (one.Code == reward) return true;
        return false;
    }

    public Standing With(Reward reward) =>
        Has(reward.Code) ? this : this with { Rewards = Rewards.Add(reward) };
}

/// <param name="GrantedAt">For the first time, and the only one.</param>
public sealed record Reward(string Code, DateTimeOffset GrantedAt)
{
    /// <summary>The profile was complete. Stored: never rename.</summary>
    public const string ProfileComplete = "profile-complete";
}
