using CustomerGrains.Domain.Customers;
using Shouldly;
using Xunit;
using static CustomerGrains.Domain.Tests.Customers.OrderSamples;
using static CustomerGrains.Domain.Tests.Customers.Samples;

namespace CustomerGrains.Domain.Tests.Customers;

public sealed class RiderTests
{
    private static readonly DateTimeOffset End = Scenario.Start;

    [Theory]
    [InlineData(0, RiderAccess.Full)]
    [InlineData(14 * 60 + 59, RiderAccess.Full)]
    [InlineData(15 * 60, RiderAccess.Masked)]
    [InlineData((24 * 60 + 15) * 60 - 1, RiderAccess.Masked)]
    [InlineData((24 * 60 + 15) * 60, RiderAccess.None)]
    public void Access_AfterTheEnd_FadesInSteps(int seconds, RiderAccess access) =>
        Assigned().Moved(OrderStatus.Delivered, 20.00m, End)
            .AccessOf(Id(8), End.AddSeconds(seconds)).ShouldBe(access);

    [Fact]
    public void Access_IsThePresentRidersAlone()
    {
        var order = Assigned();
        order.AccessOf(Id(8), End).ShouldBe(RiderAccess.Full);
        order.AccessOf(Id(9), End).ShouldBe(RiderAccess.None);
        (order with { RiderId = null }).AccessOf(Id(8), End).ShouldBe(RiderAccess.None);
        order.AssignedTo(Id(9), End).AccessOf(Id(8), End).ShouldBe(RiderAccess.None);
    }

    [Theory]
    [InlineData("+4915112345678", "************78")]
    [InlineData("+12345", "****45")]
    [InlineData("+1234", "****")]
    [InlineData(null, null)]
    public void Mask_ShowsTwoDigitsAtMost(string? phone, string? masked) =>
        RiderLease.Mask(phone).ShouldBe(masked);

    [Fact]
    public void Acknowledge_TheNewestVersion_ClearsTheFlag()
    {
        var customer = Changed(times: 2);
        var decision = customer.Decide(Acknowledge(50, rider: 8, version: 2), End);

        decision.Events.ShouldBe([new CustomerEvent.ContactAcknowledged(Id(50), 2)]);
        var order = customer.After(decision.Events, End).ActiveOrders[0];
        (order.PhoneUpdated, order.ContactVersion).ShouldBe((false, 2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Acknowledge_AnOlderVersion_LeavesTheFlag(int version)
    {
        var decision = Changed(times: 2).Decide(Acknowledge(50, rider: 8, version), End);
        decision.Refusal.ShouldBeNull();
        decision.Events.ShouldBeEmpty();
    }

    [Fact]
    public void Acknowledge_AVersionThatIsNotThereYet_IsRefused() =>
        Changed(times: 2).Decide(Acknowledge(50, rider: 8, version: 3), End)
            .Refusal.ShouldBe(Refusal.ContactVersionUnknown);

    [Fact]
    public void Acknowledge_ByAnotherRider_KnowsNoOrder() =>
        Changed(times: 1).Decide(Acknowledge(50, rider: 9, version: 1), End)
            .Refusal.ShouldBe(Refusal.OrderUnknown);

    [Fact]
    public void Reassign_AfterAnAcknowledgement_RaisesTheFlagForTheNewRider()
    {
        var customer = Changed(times: 1);
        customer = customer.After(
            customer.Decide(Acknowledge(50, rider: 8, version: 1), End).Events, End);
        customer = customer.After(
            customer.Decide(
                Progress(50, OrderStatus.Placed) with { RiderId = Id(9) }, End).Events,
            End);
        customer.ActiveOrders[0].PhoneUpdated.ShouldBeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AddressOfAnActiveOrder_ChangesAfterConfirmationOnly(bool removes)
    {
        var scenario = Scenario.GivenSignedUp(Add(1), Add(2), Place(50));
        scenario.When(Change(1, removes, confirms: false)).ThenRefused(Refusal.AddressInActiveOrder);
        scenario.When(Change(2, removes, confirms: false)).ThenAccepted();
        scenario.When(Change(1, removes, confirms: true)).ThenAccepted()
            .ActiveOrders[0].Snapshot.Address.ShouldBe(Home);
    }

    [Fact]
    public void AddressOfAnActiveOrder_EditedToTheSame_AsksNothing() =>
        Scenario.GivenSignedUp(Add(1), Place(50))
            .When(new CustomerCommand.EditAddress(Id(1), new() { City = new("Lisbon") })).Then();

    [Fact]
    public void AddressOfAnEndedOrder_ChangesFreely() =>
        Scenario.GivenSignedUp(Add(1), Place(50), Progress(50, OrderStatus.Failed))
            .When(Remove(1)).ThenAccepted();

    private static CustomerCommand Change(int address, bool removes, bool confirms) => removes
        ? new CustomerCommand.RemoveAddress(Id(address)) { ConfirmsActiveOrder = confirms }
        : new CustomerCommand.EditAddress(Id(address), new() { City = new("Porto") })
        {
            ConfirmsActiveOrder = confirms,
        };

    private static ActiveOrder Assigned() => Changed(times: 0).ActiveOrders[0];

    /// <summary>An order of rider 8 whose customer changed the phone so often.</summary>
    private static Customer Changed(int times)
    {
        var customer = Scenario.GivenSignedUp(Add(1), Place(50))
            .When(Progress(50, OrderStatus.Placed) with { RiderId = Id(8) }).ThenAccepted();
        for (var i = 0; i < times; i++) customer = customer.WithNewPhone($"+4930{i}");
        return customer;
    }
}
