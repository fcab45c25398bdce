using System.Collections.Immutable;
using static CustomerGrains.Domain.Customers.CustomerCommand;
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
        if (decision.Events.Any(IsAssessed)) Assess(events, after, command.Rules, now);
        return events.Count == 0 ? decision : decision.Followed(events.ToImmutable());
    }

    /// <summary>Nothing but consequences: of the time that went by, and of policies that changed.
    /// </summary>
    private static Decision Review(Customer customer, Review command, DateTimeOffset now)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerNotFound);
        var events = ImmutableArray.CreateBuilder<CustomerEvent>();
        Assess(events, customer, command.Rules, now);
        return Decision.Record(events.ToImmutable());
    }

    /// <summary>Whether a review would change anything.</summary>
    public static bool IsReviewDue(Customer customer, CustomerRules rules, DateTimeOffset now)
    {
        var events = ImmutableArray.CreateBuilder<CustomerEvent>();
        Assess(events, customer, rules, now);
        return events.Count > 0;
    }

    /// <summary>Whether something changed that tier, segment or risk depend on.</summary>
    private static bool IsAssessed(CustomerEvent happened) =>
        happened is OrderDelivered or MergeUndone || RiskSigns.Of(happened) is not null;

    private static void Assess(
        ImmutableArray<CustomerEvent>.Builder events,
        Customer after,
        CustomerRules rules,
        DateTimeOffset now)
    {
        var profile = after.Profile;
        var tier = rules.Tiers.Of(profile.TotalOrders, profile.TotalSpend);
        if (tier > profile.Tier)
            events.Add(new TierChanged(profile.Tier, tier, rules.Tiers.Version));
        var segment = SegmentRules.Of(profile, now);
        if (segment != profile.Segment)
            events.Add(new SegmentChanged(profile.Segment, segment, SegmentRules.Version));
        var (score, old) = (rules.Risk.ScoreOf(after), after.Standing.RiskScore);
        if (score != old) events.Add(new RiskScored(old, score, rules.Risk.Version));
    }
}
