using System.Collections.Immutable;
using static CustomerGrains.Domain.Customers.CustomerEvent;

namespace CustomerGrains.Domain.Customers;

/// <summary>What follows from a decision under the policies of the day: part of the same commit,
/// with the version of the rule, so that nobody asks for the policy again.</summary>
public static partial class CustomerDecider
{
    private static Decision WithConsequences(
        Customer customer, CustomerCommand command, Decision decision, DateTimeOffset now)
    {
        if (decision.Events.IsEmpty) return decision;
        var mayReward = !customer.Standing.Has(Reward.ProfileComplete);
        if (!mayReward && !decision.Events.Any(IsAssessed)) return decision;

        var after = customer.After(decision.Events, now);
        var events = ImmutableArray.CreateBuilder<CustomerEvent>();
        var completion = command.Rules.Completion;
        if (mayReward && completion.MissingIn(after) == 0)
            events.Add(new RewardGranted(Reward.ProfileComplete, completion.Version));
        if (decision.Events.Any(IsAssessed)) Assess(events, after, command.Rules);
        return events.Count == 0 ? decision : decision.Followed(events.ToImmutable());
    }

    /// <summary>Whether something changed that tier or risk depend on.</summary>
    private static bool IsAssessed(CustomerEvent happened) =>
        happened is OrderDelivered || RiskSigns.Of(happened) is not null;

    private static void Assess(
        ImmutableArray<CustomerEvent>.Builder events, Customer after, CustomerRules rules)
    {
        var profile = after.Profile;
        var tier = rules.Tiers.Of(profile.TotalOrders, profile.TotalSpend);
        if (tier > profile.Tier)
            events.Add(new TierChanged(profile.Tier, tier, rules.Tiers.Version));
        var (score, old) = (rules.Risk.ScoreOf(after), after.Standing.RiskScore);
        if (score != old) events.Add(new RiskScored(old, score, rules.Risk.Version));
    }
}
