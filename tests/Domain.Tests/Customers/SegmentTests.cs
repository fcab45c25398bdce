using CsCheck;
using CustomerGrains.Domain.Customers;
using Shouldly;
using Xunit;
using static CustomerGrains.Domain.Tests.Customers.OrderSamples;
using static CustomerGrains.Domain.Tests.Customers.Samples;

namespace CustomerGrains.Domain.Tests.Customers;

public sealed class SegmentTests
{
    [Theory]
    [InlineData(0, 0, 0, "general")]
    [InlineData(1, 50_000, 0, "new")]
    [InlineData(1, 50_000, 30, "new")]
    [InlineData(1, 50_000, 31, "needs-attention")]
    [InlineData(1, 50_000, 91, "hibernating")]
    [InlineData(1, 50_000, 181, "lost")]
    [InlineData(2, 0, 30, "promising")]
    [InlineData(3, 0, 90, "needs-attention")]
    [InlineData(2, 0, 180, "at-risk")]
    [InlineData(4, 0, 30, "loyal")]
    [InlineData(4, 0, 90, "loyal")]
    [InlineData(4, 0, 91, "at-risk")]
    [InlineData(10, 9_999.99, 1, "loyal")]
    [InlineData(9, 10_000, 1, "loyal")]
    [InlineData(10, 10_000, 30, "champion")]
    [InlineData(10, 10_000, 31, "loyal")]
    [InlineData(10, 10_000, 91, "cannot-lose")]
    [InlineData(10, 10_000, 181, "lost")]
    public void Segment_AtEachThreshold(int orders, double spend, int days, string segment) =>
        SegmentRules.Of(
            new Profile
            {
                TotalOrders = orders,
                TotalSpend = (decimal)spend,
                LastDeliveredAt = Scenario.Start,
            },
            Scenario.Start.AddDays(days)).ShouldBe(segment);

    [Fact]
    public void Delivery_MovesTheSegmentInTheSameCommit()
    {
        var scenario = Scenario.GivenSignedUp(Add(1));
        foreach (var (order, segment) in ((int, string)[])
            [(50, "new"), (51, "promising"), (52, "promising"), (53, "loyal")])
        {
            foreach (var command in Delivered(order)) scenario.When(command).ThenAccepted();
            scenario.Customer.Profile.Segment.ShouldBe(segment);
        }

        scenario.Decision.Events.ShouldContain(
            new CustomerEvent.SegmentChanged("promising", "loyal", SegmentRules.Version));
    }

    [Fact]
    public void Review_FollowsTheTime_AndIsNothingWhenNothingChanged()
    {
        var scenario = Scenario.GivenSignedUp([Add(1), .. Delivered(50)]);
        scenario.When(new CustomerCommand.Review()).Decision.Events.ShouldBeEmpty();
        foreach (var (days, segment) in ((int, string)[])
            [(31, "needs-attention"), (60, "hibernating"), (90, "lost")])
        {
            scenario.After(TimeSpan.FromDays(days)).When(new CustomerCommand.Review());
            scenario.Customer.Profile.Segment.ShouldBe(segment);
            scenario.When(new CustomerCommand.Review()).Decision.Events.ShouldBeEmpty();
        }

        Scenario.Given().When(new CustomerCommand.Review()).ThenRefused(Refusal.CustomerNotFound);
    }

    [Fact]
    public void Review_FollowsThePolicies()
    {
        var scenario = Scenario.GivenSignedUp([Add(1), .. Delivered(50), Remove(1)]);
        scenario.When(new CustomerCommand.Review
        {
            Rules = new()
            {
                Tiers = new(2, new(1, 0m), new(9, 9m), new(9, 9m)),
                Risk = new(5, new Dictionary<RiskSign, RiskWeight>
                {
                    [RiskSign.AddressChanges] = new(33, 0, 99),
                }),
            },
        });
        scenario.Decision.Events.ShouldBe(
        [
            new CustomerEvent.TierChanged(CustomerTier.New, CustomerTier.Regular, 2),
            new CustomerEvent.RiskScored(0, 33, 5),
        ]);
    }

    /// <summary>The pass over all customers looks at columns, the grain at the whole customer.
    /// </summary>
    [Fact]
    public void A_review_is_due_exactly_when_it_changes_something() =>
        Gen.Select(
            Gen.Int[0, 12], Gen.Int[0, 20_000], Gen.Int[0, 400], Gen.Enum<CustomerTier>(),
            Gen.Int[0, 100], Gen.Int[0, 9])
        .Sample((orders, spend, days, tier, score, changes) =>
        {
            var customer = Scenario.GivenSignedUp().Customer with
            {
                Profile = new Profile
                {
                    TotalOrders = orders,
                    TotalSpend = spend,
                    LastDeliveredAt = orders == 0 ? null : Scenario.Start,
                    Tier = tier,
                },
                Standing = Standing.Fresh with
                {
                    RiskScore = score,
                    Risks = RiskCounts.None.Plus(RiskSign.ContactUndos, changes),
                },
            };
            var now = Scenario.Start.AddDays(days);
            var decision = customer.Decide(new CustomerCommand.Review(), now);
            CustomerDecider.IsReviewDue(customer, CustomerRules.AsDelivered, now)
                .ShouldBe(!decision.Events.IsEmpty);
            var after = customer.After(decision.Events, now);
            CustomerDecider.IsReviewDue(after, CustomerRules.AsDelivered, now).ShouldBeFalse();
        });
}
