using CsCheck;
using CustomerGrains.Domain.Customers;
using Shouldly;
using Xunit;
using static CustomerGrains.Domain.Customers.CustomerCommand;
using static CustomerGrains.Domain.Customers.CustomerEvent;
using static CustomerGrains.Domain.Tests.Customers.OrderSamples;
using static CustomerGrains.Domain.Tests.Customers.Samples;

namespace CustomerGrains.Domain.Tests.Customers;

/// <summary>Signs of risk follow the person: into a merge, and back out of it.</summary>
public sealed class MergedRiskTests
{
    private static readonly Guid Merge = Id(77);
    private static readonly Guid Other = Id(78);

    private static readonly Gen<RiskCounts> Counts = Gen.Select(
        Gen.Enum<RiskSign>().Where(sign => sign != RiskSign.DeliveredOrders),
        Gen.OneOf(Gen.Int[0, 9], Gen.Int[Limits.RiskCountMax - 3, Limits.RiskCountMax]))
        .Array[0, 6]
        .Select(some => RiskCounts.From(some
            .GroupBy(one => one.Item1)
            .Select(same => KeyValuePair.Create(same.Key, same.First().Item2))));

    [Fact]
    public void Absorb_AddsUp_AndTheScoreIsInTheSameCommit()
    {
        var decision = Scenario.GivenSignedUp(Add(1), Remove(1))
            .When(new AbsorbCustomer(Merge, Export(
                (RiskSign.AddressChanges, 12), (RiskSign.ContactUndos, 2)), null));

        var after = decision.ThenAccepted();
        after.Standing.Risks[RiskSign.AddressChanges].ShouldBe(13);
        after.Standing.Risks[RiskSign.ContactUndos].ShouldBe(2);
        after.Standing.Risks[RiskSign.Merges].ShouldBe(1);
        // Two undos are 25 points each, 13 changes of addresses three times two.
        after.Standing.RiskScore.ShouldBe(56);
        RiskRules.AsDelivered.ReasonsOf(after).Select(r => (r.Sign, r.Points, r.Count)).ShouldBe(
            [(RiskSign.ContactUndos, 50, 2), (RiskSign.AddressChanges, 6, 13)]);
        decision.Decision.Events.OfType<RiskScored>().ShouldBe([new(0, 56, 1)]);
    }

    [Fact]
    public void Undo_TakesBackWhatCameAndTheMerge_AndKeepsWhatIsNew()
    {
        var s = Scenario.GivenSignedUp(
            new AbsorbCustomer(Merge, Export((RiskSign.AddressChanges, 30)), null),
            new AdoptContacts(Merge, null),
            Add(1),
            Remove(1));
        s.Customer.Standing.RiskScore.ShouldBe(20);

        var after = s.When(new GiveBack(Merge, Export(), "A mistake.")).ThenAccepted();

        after.Standing.Risks.ShouldBe(Of((RiskSign.AddressChanges, 1)));
        after.Standing.RiskScore.ShouldBe(0);
        s.Decision.Events.OfType<MergeUndone>().Single().Risks
            .ShouldBe(Of((RiskSign.AddressChanges, 30), (RiskSign.Merges, 1)));
    }

    [Fact]
    public void Absorb_OfWhoAbsorbedOthers_BringsTheirsToo()
    {
        var middle = Scenario.GivenSignedUp(
            new AbsorbCustomer(Merge, Export((RiskSign.FailedOrders, 2)), null),
            new AdoptContacts(Merge, null)).Customer;

        var last = Scenario.Given(
            new CreateGuest(),
            new AbsorbCustomer(Id(80), MergeExport.Of(middle) with { CustomerId = Other }, null));

        last.Customer.Standing.Risks
            .ShouldBe(Of((RiskSign.FailedOrders, 2), (RiskSign.Merges, 2)));
    }

    [Fact]
    public void UnderageOrder_OfTheDayOfTheOther_IsNotCountedTwice()
    {
        var s = Scenario.GivenSignedUp(Add(1), BornOn(new DateOnly(2010, 1, 1)));
        var today = DateOnly.FromDateTime(s.Now.UtcDateTime);
        s.When(new AbsorbCustomer(Merge, Export((RiskSign.UnderageOrders, 1)) with
        {
            UnderageOrderOn = today,
        }, null)).ThenAccepted();

        s.When(Alcohol(50)).ThenRefused(Refusal.Underage);
        s.After(TimeSpan.FromDays(1)).When(Alcohol(51));

        s.Customer.Standing.Risks[RiskSign.UnderageOrders].ShouldBe(2);
    }

    [Fact]
    public void UnderageDay_OfLongAgo_DoesNotReplaceTheOwn()
    {
        var s = Scenario.GivenSignedUp(Add(1), BornOn(new DateOnly(2010, 1, 1)), Add(2));
        s.When(Alcohol(50));
        s.When(new AbsorbCustomer(Merge, Export() with
        {
            UnderageOrderOn = new DateOnly(2025, 1, 1),
        }, null)).ThenAccepted();
        s.When(Alcohol(51)).ThenRefused(Refusal.Underage);
    }

    /// <summary>Also where counts have stopped rising.</summary>
    [Fact]
    public void Undo_AtOnce_LeavesTheCountsAsTheyWere() =>
        Gen.Select(Counts, Counts).Sample((own, other) =>
        {
            var before = Scenario.GivenSignedUp().Customer;
            before = before with { Standing = before.Standing with { Risks = own } };
            var export = Export() with { Risks = other.BySign };
            var merged = Next(before, new AbsorbCustomer(Merge, export, null));
            foreach (var sign in Enum.GetValues<RiskSign>())
            {
                var sum = own[sign] + other[sign] + (sign == RiskSign.Merges ? 1 : 0);
                merged.Standing.Risks[sign].ShouldBe(Math.Min(sum, Limits.RiskCountMax));
            }

            merged = Next(merged, new AdoptContacts(Merge, null));
            var apart = Next(merged, new GiveBack(Merge, export, null));

            foreach (var sign in Enum.GetValues<RiskSign>().Except([RiskSign.Merges]))
                apart.Standing.Risks[sign].ShouldBe(own[sign]);
            // Where the count stops, the merge itself is taken off though it was not counted.
            var (mine, came) = (own[RiskSign.Merges], other[RiskSign.Merges]);
            var stopped = mine + came >= Limits.RiskCountMax ? 1 : 0;
            apart.Standing.Risks[RiskSign.Merges].ShouldBe(Math.Max(0, mine - stopped));
        });

    private static Customer Next(Customer customer, CustomerCommand command)
    {
        var decision = customer.Decide(command, Scenario.Start);
        decision.Refusal.ShouldBeNull();
        return customer.After(decision.Events, Scenario.Start);
    }

    private static RiskCounts Of(params (RiskSign Sign, int Times)[] counts) =>
        RiskCounts.From(counts.Select(c => KeyValuePair.Create(c.Sign, c.Times)));

    private static MergeExport Export(params (RiskSign Sign, int Times)[] counts) => new()
    {
        CustomerId = Other,
        Risks = Of(counts).BySign,
    };

    private static CustomerCommand Alcohol(int order) =>
        Place(order) with { Categories = CategoryNames.From(["alcohol"]) };
}
