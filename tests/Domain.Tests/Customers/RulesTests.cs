using CustomerGrains.Domain.Customers;
using Shouldly;
using Xunit;
using static CustomerGrains.Domain.Tests.Customers.OrderSamples;
using static CustomerGrains.Domain.Tests.Customers.Samples;

namespace CustomerGrains.Domain.Tests.Customers;

public sealed class RulesTests
{
    [Fact]
    public void Tier_FollowsTheRulesOfTheDecision_AndTheEventSaysWhich()
    {
        var rules = new CustomerRules { Tiers = new(7, new(1, 0m), new(2, 40m), new(2, 41m)) };
        var scenario = Scenario.GivenSignedUp(Add(1));
        foreach (var command in Delivered(50)) scenario.When(command with { Rules = rules });
        scenario.Decision.Events.ShouldContain(
            new CustomerEvent.TierChanged(CustomerTier.New, CustomerTier.Regular, 7));
        foreach (var command in Delivered(51)) scenario.When(command with { Rules = rules });
        scenario.Decision.Events.ShouldContain(
            new CustomerEvent.TierChanged(CustomerTier.Regular, CustomerTier.Vip, 7));

        // A tier that was earned stays, whatever the rules of today.
        foreach (var command in Delivered(52)) scenario.When(command);
        scenario.Decision.Events.ShouldNotContain(e => e is CustomerEvent.TierChanged);
        scenario.Customer.Profile.Tier.ShouldBe(CustomerTier.Vip);
    }

    [Theory]
    [InlineData(3, 10, 30, 0, 100, 200, true)]
    [InlineData(3, 3, 3, 0, 0, 0, true)]
    [InlineData(3, 2, 30, 0, 100, 200, false)]
    [InlineData(3, 10, 9, 0, 100, 200, false)]
    [InlineData(3, 10, 30, 101, 100, 200, false)]
    [InlineData(3, 10, 30, 0, 201, 200, false)]
    public void Tiers_Rise(int o1, int o2, int o3, int s1, int s2, int s3, bool rises) =>
        new TierRules(1, new(o1, s1), new(o2, s2), new(o3, s3)).Rises.ShouldBe(rises);

    [Fact]
    public void Completion_CountsOnlyWhatHasAWeight()
    {
        var rules = new CompletionRules(
            2, new Dictionary<string, int> { ["name"] = 40, ["phone"] = 60, ["email"] = 0 });
        var customer = Scenario.GivenSignedUp().Customer;
        rules.Of(customer).Percentage.ShouldBe(60);
        rules.Of(customer).Missing.ShouldBe(["name"]);
        rules.MissingIn(customer).ShouldBe(1);
        rules.Of(customer with { Name = "Ann" }).Percentage.ShouldBe(100);
    }

    [Fact]
    public void AsDelivered_TheWeightsAddUpAndTheTiersRise()
    {
        CompletionRules.AsDelivered.Weights.Sum(w => w.Weight).ShouldBe(CompletionRules.Whole);
        CompletionRules.AsDelivered.Weights.Select(w => w.Member)
            .ShouldBe(CompletionRules.Members, ignoreOrder: true);
        TierRules.AsDelivered.Rises.ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 10)]
    [InlineData(4, 20)]
    [InlineData(5, 25)]
    [InlineData(int.MaxValue, 25)]
    public void RiskWeight_SparesTheFirstAndStopsAtItsMost(int count, int points) =>
        new RiskWeight(10, 2, 25).PointsOf(count).ShouldBe(points);
}
