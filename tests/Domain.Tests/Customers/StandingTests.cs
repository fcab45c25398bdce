using CustomerGrains.Domain.Customers;
using Shouldly;
using Xunit;
using static CustomerGrains.Domain.Tests.Customers.OrderSamples;
using static CustomerGrains.Domain.Tests.Customers.Samples;

namespace CustomerGrains.Domain.Tests.Customers;

public sealed class StandingTests
{
    private static readonly CustomerRules NameAndPhone = new()
    {
        Completion = new(4, new Dictionary<string, int> { ["name"] = 50, ["phone"] = 50 }),
    };

    [Fact]
    public void Complete_ForTheFirstTime_IsRewarded_AndNeverAgain()
    {
        var scenario = Scenario.GivenSignedUp();
        scenario.When(Rename("Ann") with { Rules = NameAndPhone }).Then(
            new CustomerEvent.NameChanged(null, "Ann"),
            new CustomerEvent.RewardGranted("profile-complete", 4));
        scenario.Customer.Standing.Rewards.ShouldBe([new("profile-complete", scenario.Now)]);

        foreach (var name in (string?[])[null, "Bea", null, "Cem"])
            scenario.When(Rename(name) with { Rules = NameAndPhone }).ThenAccepted();
        scenario.Customer.Standing.Rewards.Length.ShouldBe(1);
    }

    [Fact]
    public void Complete_ByANewPolicy_IsRewardedWithTheNextCommand()
    {
        var scenario = Scenario.GivenSignedUp(Rename("Ann"));
        scenario.Customer.Standing.Rewards.ShouldBeEmpty();
        scenario.When(Add(1) with { Rules = NameAndPhone });
        scenario.Decision.Events.Last()
            .ShouldBe(new CustomerEvent.RewardGranted("profile-complete", 4));
    }

    [Fact]
    public void Complete_AtBirth_IsRewarded() => Scenario.Given()
        .When(new CustomerCommand.Import("Ann", null, null, null, []) with
        {
            Rules = new()
            {
                Completion = new(2, new Dictionary<string, int> { ["name"] = 100 }),
            },
        })
        .Then(
            new CustomerEvent.Imported("Ann", null, null, null),
            new CustomerEvent.RewardGranted("profile-complete", 2));

    [Fact]
    public void Reward_OfWhoeverIsMergedIn_IsThePersonsOwn()
    {
        var granted = Scenario.Start.AddDays(-9);
        var export = new MergeExport
        {
            CustomerId = Id(77),
            LastDeliveredAt = granted,
            Rewards = [new(Reward.ProfileComplete, granted)],
        };
        var scenario = Scenario.GivenSignedUp();
        var absorb = new CustomerCommand.AbsorbCustomer(Id(5), export, null);
        var survivor = scenario.When(absorb).ThenAccepted();

        survivor.Standing.Rewards.ShouldBe([new(Reward.ProfileComplete, granted)]);
        survivor.Standing.Risks[RiskSign.Merges].ShouldBe(1);
        survivor.Profile.LastDeliveredAt.ShouldBe(granted);
        MergeExport.Of(survivor).Rewards.ShouldBe(survivor.Standing.Rewards);
        scenario.When(Rename("Ann") with { Rules = NameAndPhone })
            .Then(new CustomerEvent.NameChanged(null, "Ann"));
    }

    [Fact]
    public void UnderageOrder_IsRememberedOnceADay()
    {
        var scenario = Scenario.GivenSignedUp(Add(1), BornOn(new DateOnly(2010, 1, 1)));
        foreach (var count in (int[])[1, 2])
        {
            scenario.When(Alcohol(50));
            scenario.Decision.Refusal.ShouldBe(Refusal.Underage);
            scenario.Decision.IsKept.ShouldBeFalse();
            scenario.Decision.Events[0]
                .ShouldBe(new CustomerEvent.UnderageOrderRefused(Id(50)));
            scenario.Customer.Standing.Risks[RiskSign.UnderageOrders].ShouldBe(count);
            for (var more = 51; more < 60; more++)
                scenario.When(Alcohol(more)).ThenRefused(Refusal.Underage);
            scenario.Customer.Standing.Risks[RiskSign.UnderageOrders].ShouldBe(count);
            scenario.After(TimeSpan.FromDays(1));
        }
    }

    [Fact]
    public void OrderAtUnknownAge_IsNoSign() =>
        Scenario.GivenSignedUp(Add(1)).When(Alcohol(50)).ThenRefused(Refusal.AgeUnknown);

    [Fact]
    public void Verify_SetsAndWithdraws_AndTheSameAgainIsNothing()
    {
        var scenario = Scenario.GivenSignedUp();
        scenario.When(Verify(false)).Then();
        scenario.When(Verify(true)).Then(
                new CustomerEvent.VerificationChanged(false, true, "Passport", "Seen.", Id(9)))
            .Profile.IsVerified.ShouldBeTrue();
        scenario.When(Verify(true)).Then();
        scenario.When(Verify(false)).ThenAccepted().Profile.IsVerified.ShouldBeFalse();
    }

    [Fact]
    public void Verify_Refusals_InTheirOrder()
    {
        Scenario.Given().When(Verify(true) with { ExpectedVersion = 7 })
            .ThenRefused(Refusal.CustomerNotFound);
        Scenario.GivenSignedUp().When(Verify(false) with { ExpectedVersion = 7 })
            .ThenRefused(Refusal.VersionMismatch);
    }

    [Fact]
    public void Risk_OnlyBadSigns_ReachTheMost_AndDeliveriesTakePointsOff()
    {
        var rules = RiskRules.AsDelivered;
        var customer = Scenario.GivenSignedUp().Customer;
        rules.ScoreOf(customer).ShouldBe(0);
        var all = RiskCounts.From(Enum.GetValues<RiskSign>()
            .Select(sign => KeyValuePair.Create(sign, 1_000)));
        var worst = customer with { Standing = Standing.Fresh with { Risks = all } };
        rules.ScoreOf(worst).ShouldBe(RiskRules.ScoreMax);

        var some = customer with
        {
            Standing = Standing.Fresh with { Risks = RiskCounts.None.Plus(RiskSign.ContactUndos) },
        };
        rules.ReasonsOf(some).ShouldBe([new(RiskSign.ContactUndos, 25, 1)]);
        var trusted = some with { Profile = some.Profile with { TotalOrders = 7 } };
        rules.ScoreOf(trusted).ShouldBe(18);
        rules.ReasonsOf(trusted).ShouldBe(
            [new(RiskSign.ContactUndos, 25, 1), new(RiskSign.DeliveredOrders, -7, 7)]);
    }

    [Fact]
    public void RiskCounts_StopRising()
    {
        var many = RiskCounts.None.Plus(RiskSign.Merges, Limits.RiskCountMax - 1);
        many.Plus(RiskSign.Merges)[RiskSign.Merges].ShouldBe(Limits.RiskCountMax);
        many.Plus(many)[RiskSign.Merges].ShouldBe(Limits.RiskCountMax);
    }

    private static CustomerCommand Alcohol(int number) =>
        Place(number) with { Categories = CategoryNames.From(["alcohol"]) };

    private static CustomerCommand Verify(bool verified) =>
        new CustomerCommand.Verify(verified, "Passport", "Seen.", Id(9));
}
