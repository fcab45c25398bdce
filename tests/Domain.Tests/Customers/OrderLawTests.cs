using CsCheck;
using CustomerGrains.Domain.Customers;
using Shouldly;
using Xunit;
using static CustomerGrains.Domain.Tests.Customers.OrderSamples;
using static CustomerGrains.Domain.Tests.Customers.Samples;

namespace CustomerGrains.Domain.Tests.Customers;

/// <summary>What holds for orders after any interleaving of placements, reports, riders, changes
/// of phone and acknowledgements. A failing run prints its seed.</summary>
public sealed class OrderLawTests
{
    private static readonly Gen<int> Order = Gen.Int[50, 53];
    private static readonly Gen<int> Rider = Gen.Int[8, 9];

    /// <summary>Null stands for a change of phone.</summary>
    private static readonly Gen<CustomerCommand?> Step = Gen.Frequency(
        (3, Order.Select(n => (CustomerCommand?)Place(n))),
        (6, Gen.Select(Order, Gen.Enum<OrderStatus>(), Rider.Nullable(), Gen.Int[0, 5000].Nullable(),
            (n, status, rider, total) => (CustomerCommand?)(Progress(n, status) with
            {
                RiderId = rider is { } r ? Id(r) : null,
                Total = total is { } cents ? cents / 100m : null,
            }))),
        (2, Gen.Const((CustomerCommand?)null)),
        (4, Gen.Select(Order, Rider, Gen.Int[0, 3],
            (n, rider, version) => (CustomerCommand?)Acknowledge(n, rider, version))),
        (1, Gen.Const((CustomerCommand?)new CustomerCommand.RemoveAddress(Id(1)))),
        (1, Gen.Const((CustomerCommand?)new CustomerCommand.EditAddress(
            Id(1), new() { City = new("Porto") }) { ConfirmsActiveOrder = true })),
        (1, Gen.Const((CustomerCommand?)Add(1))));

    [Fact]
    public void Phone_updated_is_false_only_when_the_present_rider_knows_the_newest_phone() =>
        Step.Array[0, 60].Sample(steps => Run(steps, run =>
        {
            foreach (var order in run.Customer.ActiveOrders)
            {
                var known = order.ContactVersion == 0
                    || (order.RiderId is { } rider
                        && run.Acknowledged.Contains((order.Id, rider, order.ContactVersion)));
                (order.PhoneUpdated || known).ShouldBeTrue();
                if (order.ContactVersion == 0)
                    order.Snapshot.Phone.ShouldBe(run.Customer.Phone);
            }
        }));

    [Fact]
    public void A_snapshot_never_changes() => Step.Array[0, 60].Sample(steps => Run(steps, run =>
    {
        foreach (var order in run.Customer.ActiveOrders)
            order.Snapshot.ShouldBe(run.Snapshots[order.Id]);
    }));

    [Fact]
    public void Active_orders_are_those_not_ended_and_spend_is_the_sum_of_the_delivered() =>
        Step.Array[0, 60].Sample(steps => Run(steps, run =>
        {
            run.Customer.ActiveOrders.ShouldAllBe(o => o.EndedAt == null && !o.Status.IsFinal());
            run.Customer.ActiveOrders.Select(o => o.Id)
                .ShouldBe(run.Snapshots.Keys.Except(run.Ended.Keys), ignoreOrder: true);
            var delivered = run.Ended.Values.Where(o => o.Status == OrderStatus.Delivered).ToList();
            run.Customer.Profile.TotalOrders.ShouldBe(delivered.Count);
            run.Customer.Profile.TotalSpend.ShouldBe(delivered.Sum(o => o.Total));
        }));

    [Fact]
    public void Whatever_was_accepted_yields_nothing_when_it_is_repeated_at_once() =>
        Gen.Select(Step.Array[0, 40], Step).Sample((steps, last) =>
        {
            // A changed phone is new each time; removing and choosing addresses has its own law.
            if (last is null or CustomerCommand.RemoveAddress or CustomerCommand.AddAddress) return;
            var history = new History(Scenario.GivenSignedUp(Add(1)).Customer);
            foreach (var step in steps) history.Take(step);
            if (history.Take(last) is not { Refusal: null }) return;
            var again = history.Take(last)!.Value;
            again.Refusal.ShouldBeNull();
            again.Events.ShouldBeEmpty();
        });

    private static void Run(CustomerCommand?[] steps, Action<History> check)
    {
        var history = new History(Scenario.GivenSignedUp(Add(1)).Customer);
        foreach (var step in steps)
        {
            history.Take(step);
            check(history);
        }
    }

    /// <summary>A customer, and what the outside world remembers of the orders.</summary>
    private sealed class History(Customer customer)
    {
        private DateTimeOffset _now = Scenario.Start;
        private int _phones;

        public Customer Customer { get; private set; } = customer;
        public Dictionary<Guid, CustomerSnapshot> Snapshots { get; } = [];
        public Dictionary<Guid, ActiveOrder> Ended { get; } = [];
        public HashSet<(Guid Order, Guid Rider, int Version)> Acknowledged { get; } = [];

        /// <returns>Null for a change of phone.</returns>
        public Decision? Take(CustomerCommand? step)
        {
            _now += TimeSpan.FromSeconds(1);
            if (step is null)
            {
                Customer = Customer.WithNewPhone($"+4930{_phones++}");
                return null;
            }

            var before = Customer;
            var decision = before.Decide(WithEnded(step), _now);
            if (!decision.Events.IsEmpty) Customer = before.After(decision.Events, _now);
            foreach (var happened in decision.Events) Remember(happened, before);
            return decision;
        }

        /// <summary>As a grain does, which reads ended orders from the store.</summary>
        private CustomerCommand WithEnded(CustomerCommand step) => step switch
        {
            CustomerCommand.PlaceOrder c => c with { Ended = Find(c.OrderId) },
            CustomerCommand.ProgressOrder c => c with { Ended = Find(c.OrderId) },
            CustomerCommand.AcknowledgeContact c => c with { Ended = Find(c.OrderId) },
            _ => step,
        };

        private ActiveOrder? Find(Guid id) => Ended.GetValueOrDefault(id);

        private void Remember(CustomerEvent happened, Customer before)
        {
            switch (happened)
            {
                case CustomerEvent.OrderPlaced e:
                    Snapshots.Add(e.OrderId, e.Snapshot);
                    break;
                case CustomerEvent.ContactAcknowledged e:
                    var rider = before.FindOrder(e.OrderId)!.RiderId!.Value;
                    Acknowledged.Add((e.OrderId, rider, e.ContactVersion));
                    break;
                case CustomerEvent.OrderDelivered e:
                    End(before, e.OrderId, OrderStatus.Delivered, e.Total);
                    break;
                case CustomerEvent.OrderProgressed e when e.New.IsFinal():
                    End(before, e.OrderId, e.New, 0);
                    break;
                default:
                    break;
            }
        }

        private void End(Customer before, Guid id, OrderStatus status, decimal total) =>
            Ended.Add(id, before.FindOrder(id)!.Moved(status, total, _now));
    }
}
