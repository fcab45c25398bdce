using CustomerGrains.Domain.Customers;
using Shouldly;
using Xunit;
using static CustomerGrains.Domain.Tests.Customers.OrderSamples;
using static CustomerGrains.Domain.Tests.Customers.Samples;

namespace CustomerGrains.Domain.Tests.Customers;

public sealed class ProgressOrderTests
{
    private static readonly OrderStatus[] Statuses = Enum.GetValues<OrderStatus>();

    /// <summary>Every pair of statuses that may follow each other; all others are refused.
    /// </summary>
    private static readonly (OrderStatus From, OrderStatus To)[] Legal =
    [
        (OrderStatus.Placed, OrderStatus.Accepted),
        (OrderStatus.Placed, OrderStatus.Cancelled),
        (OrderStatus.Placed, OrderStatus.Failed),
        (OrderStatus.Accepted, OrderStatus.PickedUp),
        (OrderStatus.Accepted, OrderStatus.Cancelled),
        (OrderStatus.Accepted, OrderStatus.Failed),
        (OrderStatus.PickedUp, OrderStatus.Delivered),
        (OrderStatus.PickedUp, OrderStatus.Cancelled),
        (OrderStatus.PickedUp, OrderStatus.Failed),
    ];

    [Fact]
    public void Progress_FromAnyStatusToAnyOther_IsLegalOrRefused()
    {
        foreach (var from in Statuses)
        foreach (var to in Statuses)
        {
            var customer = Scenario.GivenSignedUp(Add(1), Place(50)).Customer;
            var order = customer.ActiveOrders[0].Moved(from, 20.00m, Scenario.Start);
            var ended = from.IsFinal();
            customer = customer with { ActiveOrders = ended ? [] : [order] };

            var decision = customer.Decide(
                Progress(50, to) with { Ended = ended ? order : null }, Scenario.Start);

            Refusal? expected = from == to || Legal.Contains((from, to))
                ? null
                : Refusal.IllegalTransition;
            decision.Refusal.ShouldBe(expected, $"{from} to {to}");
            decision.Events.IsEmpty.ShouldBe(from == to || expected is not null);
        }
    }

    [Fact]
    public void Progress_AnUnknownOrder_IsRefusedBeforeTheVersionIsLookedAt() =>
        Scenario.GivenSignedUp(Add(1))
            .When(Progress(50, OrderStatus.Accepted) with { ExpectedVersion = 1 })
            .ThenRefused(Refusal.OrderUnknown);

    [Fact]
    public void Progress_OfNobodysOrder_IsRefused() => Scenario.Given()
        .When(Progress(50, OrderStatus.Accepted)).ThenRefused(Refusal.OrderUnknown);

    [Fact]
    public void Progress_WithARider_AssignsAndMoves()
    {
        var scenario = Scenario.GivenSignedUp(Add(1), Place(50));
        scenario.When(Progress(50, OrderStatus.Accepted) with { RiderId = Id(8) }).Then(
            new CustomerEvent.RiderAssigned(Id(50), null, Id(8)),
            new CustomerEvent.OrderProgressed(
                Id(50), OrderStatus.Placed, OrderStatus.Accepted));
        // Repeating the status with another rider reassigns; with the same it is nothing new.
        scenario.When(Progress(50, OrderStatus.Accepted) with { RiderId = Id(9) }).Then(
            new CustomerEvent.RiderAssigned(Id(50), Id(8), Id(9)));
        scenario.When(Progress(50, OrderStatus.Accepted) with { RiderId = Id(9) }).Then();
        scenario.When(Progress(50, OrderStatus.PickedUp)).ThenAccepted()
            .ActiveOrders[0].RiderId.ShouldBe(Id(9));
    }

    [Fact]
    public void Progress_ToTheEnd_IgnoresARider() => Scenario.GivenSignedUp(Add(1), Place(50))
        .When(Progress(50, OrderStatus.Cancelled) with { RiderId = Id(8) })
        .Then(new CustomerEvent.OrderProgressed(
            Id(50), OrderStatus.Placed, OrderStatus.Cancelled));

    [Fact]
    public void Deliver_CountsTheOrderAndWhatWasPaid()
    {
        var customer = Scenario.GivenSignedUp([Add(1), .. Delivered(50), .. Delivered(51, 5.50m)])
            .Customer;
        customer.Profile.TotalOrders.ShouldBe(2);
        customer.Profile.TotalSpend.ShouldBe(25.50m);
        customer.Profile.AverageOrderValue.ShouldBe(12.75m);
        customer.ActiveOrders.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(OrderStatus.Cancelled)]
    [InlineData(OrderStatus.Failed)]
    public void End_WithoutDelivery_CountsNothing(OrderStatus end)
    {
        var customer = Scenario.GivenSignedUp(Add(1), Place(50), Progress(50, end)).Customer;
        (customer.Profile.TotalOrders, customer.Profile.TotalSpend).ShouldBe((0, 0m));
        customer.ActiveOrders.ShouldBeEmpty();
    }

    [Fact]
    public void Deliver_TheThirdOrder_MakesARegular()
    {
        var scenario = Scenario.GivenSignedUp([Add(1), .. Delivered(50), .. Delivered(51)]);
        scenario.Customer.Profile.Tier.ShouldBe(CustomerTier.New);
        foreach (var command in Delivered(52)) scenario.When(command);
        scenario.Then(
            new CustomerEvent.OrderDelivered(Id(52), 20.00m),
            new CustomerEvent.TierChanged(
                CustomerTier.New, CustomerTier.Regular, TierRules.AsDelivered.Version))
            .Profile.Tier.ShouldBe(CustomerTier.Regular);
    }

    [Theory]
    [InlineData(2, 1_000_000, CustomerTier.New)]
    [InlineData(3, 0, CustomerTier.Regular)]
    [InlineData(9, 10_000, CustomerTier.Regular)]
    [InlineData(10, 9_999.99, CustomerTier.Regular)]
    [InlineData(10, 10_000, CustomerTier.Vip)]
    [InlineData(29, 50_000, CustomerTier.Vip)]
    [InlineData(30, 49_999.99, CustomerTier.Vip)]
    [InlineData(30, 50_000, CustomerTier.Premium)]
    public void Tier_AtEachThreshold(int orders, double spend, CustomerTier tier) =>
        TierRules.AsDelivered.Of(orders, (decimal)spend).ShouldBe(tier);

    [Fact]
    public void Spend_StopsAtWhatTheDatabaseHolds()
    {
        var customer = Scenario.GivenSignedUp(Add(1), Place(50)).Customer;
        customer = customer with
        {
            Profile = customer.Profile with { TotalSpend = Limits.TotalSpendMax - 1 },
        };
        customer.After([new CustomerEvent.OrderDelivered(Id(50), 20.00m)], Scenario.Start)
            .Profile.TotalSpend.ShouldBe(Limits.TotalSpendMax);
    }
}
