using CustomerGrains.Domain.Customers;
using Shouldly;
using Xunit;
using static CustomerGrains.Domain.Tests.Customers.OrderSamples;
using static CustomerGrains.Domain.Tests.Customers.Samples;

namespace CustomerGrains.Domain.Tests.Customers;

public sealed class PlaceOrderTests
{
    [Fact]
    public void Place_KeepsWhoAndWhereAsItWasThen()
    {
        var scenario = Scenario.GivenSignedUp(Rename("Ann"), Add(1)).When(Place(50));
        var order = scenario.ThenAccepted().ActiveOrders.ShouldHaveSingleItem();

        order.Status.ShouldBe(OrderStatus.Placed);
        order.Snapshot.ShouldBe(new CustomerSnapshot
        {
            Name = "Ann",
            Phone = Phone,
            Address = Home,
            TakenAt = Scenario.Start.AddSeconds(4),
        });
        order.ContactVersion.ShouldBe(0);
        order.PhoneUpdated.ShouldBeFalse();
    }

    [Fact]
    public void Place_UsesTheAddress() => Scenario.GivenSignedUp(Add(1), Add(2))
        .When(Place(50, address: 2)).ThenAccepted()
        .FindAddress(Id(2))!.LastUsedAt.ShouldBe(Scenario.Start.AddSeconds(4));

    [Fact]
    public void Place_Collected_NeedsNoAddress() => Scenario.GivenSignedUp()
        .When(Place(50, address: null)).ThenAccepted()
        .ActiveOrders.ShouldHaveSingleItem().Snapshot.Address.ShouldBeNull();

    [Fact]
    public void Place_WithAContact_OverridesTheOwnInTheSnapshotOnly()
    {
        var customer = Scenario.GivenSignedUp(Rename("Ann"), Add(1))
            .When(Place(50) with { Contact = new("Bob", "+49222") }).ThenAccepted();

        customer.ActiveOrders[0].Snapshot.Name.ShouldBe("Bob");
        customer.ActiveOrders[0].Snapshot.Phone.ShouldBe("+49222");
        (customer.Name, customer.Phone).ShouldBe(("Ann", Phone));
    }

    [Fact]
    public void Place_ForNobody_IsRefused() => Scenario.Given()
        .When(Place(50)).ThenRefused(Refusal.OrderCustomerUnknown);

    [Theory]
    [InlineData(BarKind.Blocked, BarScope.All, Refusal.AccountBlocked)]
    [InlineData(BarKind.Blocked, BarScope.Ordering, Refusal.AccountBlocked)]
    [InlineData(BarKind.Suspended, BarScope.All, Refusal.AccountSuspended)]
    [InlineData(BarKind.Suspended, BarScope.Ordering, Refusal.AccountSuspended)]
    public void Place_ByABarredCustomer_IsRefusedBeforeAnythingElse(
        BarKind kind, BarScope scope, Refusal refusal)
    {
        var scenario = Scenario.GivenSignedUp(Bars.Impose(kind, scope))
            .When(Place(50, address: 9) with { IsAnothers = true })
            .ThenRefused(refusal);
        scenario.Decision.PublicReason.ShouldBe(Bars.PublicReason);
    }

    [Fact]
    public void Place_Again_SameContent_RecordsNothing_OtherContent_IsRefused()
    {
        var scenario = Scenario.GivenSignedUp(Add(1), Place(50));
        scenario.When(Place(50)).Then();
        // Before the address is looked at.
        scenario.When(Place(50, address: 9) with { Fingerprint = "other" })
            .ThenRefused(Refusal.OrderExists);
    }

    [Fact]
    public void Place_AgainAfterTheEnd_LooksAtTheEndedOrder()
    {
        var scenario = Scenario.GivenSignedUp(Add(1), Place(50));
        var ended = scenario.Customer.ActiveOrders[0]
            .Moved(OrderStatus.Cancelled, 20.00m, Scenario.Start);
        scenario.When(Progress(50, OrderStatus.Cancelled)).ThenAccepted();

        scenario.When(Place(50) with { Ended = ended }).Then();
        scenario.When(Place(50) with { Ended = ended, Fingerprint = "other" })
            .ThenRefused(Refusal.OrderExists);
    }

    [Fact]
    public void Place_UnderAnothersId_IsRefused() => Scenario.GivenSignedUp(Add(1))
        .When(Place(50) with { IsAnothers = true }).ThenRefused(Refusal.OrderExists);

    [Fact]
    public void Place_ToAnAddressThatIsNotThere_IsRefused() =>
        Scenario.GivenSignedUp(Add(1), Add(2), Remove(1))
            .When(Place(50)).ThenRefused(Refusal.OrderAddressUnknown);

    [Fact]
    public void Place_ByAGuest_NeedsSomebodyToCall()
    {
        var guest = Scenario.Given(new CustomerCommand.CreateGuest(), Add(1));
        guest.When(Place(50)).ThenRefused(Refusal.ContactMissing);
        guest.When(Place(50) with { Contact = new(null, "+49222") }).ThenAccepted()
            .ActiveOrders[0].Snapshot.Phone.ShouldBe("+49222");
    }

    [Fact]
    public void Place_Restricted_AtUnknownAge_IsRefused() => Scenario.GivenSignedUp(Add(1))
        .When(Place(50) with { Categories = CategoryNames.From(["alcohol"]) })
        .ThenRefused(Refusal.AgeUnknown);

    [Theory]
    [InlineData("2008-01-31", null)]
    [InlineData("2008-02-01", Refusal.Underage)]
    public void Place_Restricted_OnTheBirthdayAndTheDayBefore(string born, Refusal? refusal) =>
        Scenario.GivenSignedUp(Add(1), BornOn(DateOnly.Parse(born, null))).Customer
            .Decide(
                Place(50) with { Categories = CategoryNames.From(["bread", "alcohol"]) },
                Scenario.Start)
            .Refusal.ShouldBe(refusal);

    [Fact]
    public void Place_AtTheLimit_IsAccepted_AndPastIt_Refused()
    {
        var scenario = Scenario.GivenSignedUp([
            Add(1),
            .. Enumerable.Range(1, Limits.ActiveOrdersPerCustomerMax - 1).Select(i => Place(100 + i))]);
        scenario.When(Place(500)).ThenAccepted();
        scenario.When(Place(501)).ThenRefused(Refusal.OrderLimit);
        scenario.When(Progress(500, OrderStatus.Failed)).ThenAccepted();
        scenario.When(Place(501)).ThenAccepted();
    }

    [Fact]
    public void Place_OnAStaleVersion_IsRefused() => Scenario.GivenSignedUp(Add(1))
        .When(Place(50) with { ExpectedVersion = 1 }).ThenRefused(Refusal.VersionMismatch);
}
