using CsCheck;
using CustomerGrains.Domain.Customers;
using Shouldly;
using Xunit;
using static CustomerGrains.Domain.Customers.CustomerEvent;
using static CustomerGrains.Domain.Tests.Customers.OrderSamples;
using static CustomerGrains.Domain.Tests.Customers.Samples;

namespace CustomerGrains.Domain.Tests.Customers;

/// <summary>What holds for risk after any sequence of commands. A failing run prints its seed.
/// </summary>
public sealed class RiskLawTests
{
    private static readonly Gen<int> Number = Gen.Int[1, 4];

    private static readonly Gen<(CustomerCommand Command, int Hours)> Step = Gen.Select(
        Gen.OneOf(
            Number.Select(n => Add(n)),
            Number.Select(Remove),
            Gen.Select(Number, Gen.String[1, 3], (n, city) => (CustomerCommand)
                new CustomerCommand.EditAddress(Id(n), new() { City = new(city) })
                {
                    ConfirmsActiveOrder = true,
                }),
            Gen.Select(Number, Gen.Int[0, 9], (n, digit) =>
                Changes.RequestPhone(n, $"+4915112340{n}{digit}", isConfirmed: true)),
            Gen.Select(Number, Gen.Bool, (n, right) => Changes.Verify(n, right)),
            Number.Select(n => Changes.Undo(n)),
            Number.Select(n => Changes.CancelByToken(n)),
            Gen.Int[50, 55].Select(n => (CustomerCommand)Place(n)),
            Gen.Int[60, 65].Select(n => (CustomerCommand)(Place(n) with
            {
                Categories = CategoryNames.From(["alcohol"]),
            })),
            Gen.Select(Gen.Int[50, 55], Gen.Enum<OrderStatus>(), (n, status) =>
                (CustomerCommand)Progress(n, status)),
            Gen.Select(Number, Gen.Int[0, 12].Array[3], (n, times) => (CustomerCommand)
                new CustomerCommand.AbsorbCustomer(Merge(n), Redundant(n, times), null)),
            Number.Select(n => (CustomerCommand)
                new CustomerCommand.AdoptContacts(Merge(n), null)),
            Number.Select(n => (CustomerCommand)
                new CustomerCommand.GiveBack(Merge(n), Redundant(n, [0, 0, 0]), null))),
        Gen.Int[0, 30],
        (command, hours) => (command, hours));

    private static readonly Gen<RiskRules> Rules = Gen.Select(
        Gen.Int[1, 9],
        Gen.Select(Gen.Int[0, 30], Gen.Int[0, 4], Gen.Int[0, 100]).Array[9],
        (version, weights) => new RiskRules(version, weights
            .Select((w, i) => ((RiskSign)i, new RiskWeight(w.Item1, w.Item2, w.Item3)))
            .ToDictionary(w => w.Item1, w => w.Item2)));

    [Fact]
    public void The_score_follows_from_the_journal_alone() =>
        Gen.Select(Step.Array[0, 80], Rules).Sample((steps, rules) =>
        {
            var (customer, journal) = Live(steps, rules);

            var counts = CountAnew(journal);

            foreach (var sign in Enum.GetValues<RiskSign>().Except([RiskSign.DeliveredOrders]))
                customer.Standing.Risks[sign].ShouldBe(counts.GetValueOrDefault(sign));
            customer.Profile.TotalOrders
                .ShouldBe(counts.GetValueOrDefault(RiskSign.DeliveredOrders));
            var score = ScoreAnew(counts, rules);
            customer.Standing.RiskScore.ShouldBe(score, "as recorded");
            rules.ScoreOf(customer).ShouldBe(score, "as shown");
            Math.Clamp(rules.ReasonsOf(customer).Sum(r => r.Points), 0, 100).ShouldBe(score);
        });

    /// <summary>Weights are per time, without a window: nothing fades. See docs/adr/0014.</summary>
    [Fact]
    public void The_score_is_the_same_however_late_one_looks() =>
        Gen.Select(Step.Array[0, 80], Gen.Int[0, 5_000], Rules).Sample((steps, days, rules) =>
        {
            var (customer, journal) = Live(steps, rules);
            var later = Scenario.Start + TimeSpan.FromHours(steps.Sum(s => s.Hours))
                + TimeSpan.FromDays(days);
            var reviewed = customer.Decide(
                new CustomerCommand.Review { Rules = new() { Risk = rules } }, later);

            reviewed.Events.OfType<RiskScored>().ShouldBeEmpty();
            rules.ScoreOf(customer.After(reviewed.Events, later))
                .ShouldBe(ScoreAnew(CountAnew(journal), rules));
        });

    [Fact]
    public void Underage_orders_leave_one_row_a_day() => Step.Array[0, 80].Sample(steps =>
        Live(steps, RiskRules.AsDelivered).Journal
            .Where(e => e.Happened is UnderageOrderRefused)
            .GroupBy(e => e.At.UtcDateTime.Date)
            .ShouldAllBe(day => day.Count() == 1));

    private static (Customer Customer, List<(CustomerEvent Happened, DateTimeOffset At)> Journal)
        Live((CustomerCommand Command, int Hours)[] steps, RiskRules risk)
    {
        var now = Scenario.Start;
        var customer = Scenario.GivenSignedUp(BornOn(new DateOnly(2010, 5, 5))).Customer;
        var journal = new List<(CustomerEvent, DateTimeOffset)>();
        var rules = new CustomerRules { Risk = risk };
        foreach (var (command, hours) in steps)
        {
            now += TimeSpan.FromHours(hours);
            var events = customer.Decide(command with { Rules = rules }, now).Events;
            if (events.IsEmpty) continue;
            customer = customer.After(events, now);
            journal.AddRange(events.Select(e => (e, now)));
        }

        return (customer, journal);
    }

    private static Guid Merge(int n) => Id(900 + n);

    private static MergeExport Redundant(int n, int[] times) => new()
    {
        CustomerId = Id(950 + n),
        Orders = times[0],
        Spend = 1m * times[0],
        Risks = RiskCounts.From(
        [
            new(RiskSign.OtpFailures, times[1]), new(RiskSign.Merges, times[2]),
        ]).BySign,
    };

    /// <summary>By the words of the policy, not by the code under test.</summary>
    private static Dictionary<RiskSign, int> CountAnew(
        List<(CustomerEvent Happened, DateTimeOffset At)> journal)
    {
        var counts = new Dictionary<RiskSign, int>();
        foreach (var (happened, _) in journal)
        {
            RiskSign? sign = happened switch
            {
                ContactCodeFailed => RiskSign.OtpFailures,
                ContactChanged e => e.Old is null ? null : RiskSign.ContactChanges,
                ContactRestored => RiskSign.ContactUndos,
                ContactChangeCancelled e => e.ByOldContact ? RiskSign.ContactUndos : null,
                OrderProgressed e when e.New == OrderStatus.Cancelled => RiskSign.CancelledOrders,
                OrderProgressed e when e.New == OrderStatus.Failed => RiskSign.FailedOrders,
                OrderDelivered => RiskSign.DeliveredOrders,
                AddressChanged or AddressRemoved => RiskSign.AddressChanges,
                UnderageOrderRefused => RiskSign.UnderageOrders,
                CustomerAbsorbed => RiskSign.Merges,
                _ => null,
            };
            if (sign is { } one) Add(one, 1);
            if (happened is CustomerAbsorbed came) Move(came.Risks, came.Orders, 1);
            if (happened is MergeUndone gone) Move(gone.Risks, gone.Orders, -1);
        }

        return counts;

        void Move(RiskCounts? risks, int orders, int times)
        {
            Add(RiskSign.DeliveredOrders, times * orders);
            foreach (var (sign, n) in risks?.BySign ?? RiskCounts.None.BySign)
                Add(sign, times * n);
        }

        void Add(RiskSign sign, int n) => counts[sign] = counts.GetValueOrDefault(sign) + n;
    }

    private static int ScoreAnew(Dictionary<RiskSign, int> counts, RiskRules rules)
    {
        var sum = 0;
        foreach (var (sign, count) in counts)
        {
            var (points, free, max) = rules[sign];
            var weighed = Math.Min(max, Math.Max(0, count - free) * points);
            sum += sign == RiskSign.DeliveredOrders ? -weighed : weighed;
        }

        return Math.Max(0, Math.Min(100, sum));
    }
}
