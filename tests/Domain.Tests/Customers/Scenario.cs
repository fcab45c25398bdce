using CustomerGrains.Domain.Customers;
using Shouldly;

namespace CustomerGrains.Domain.Tests.Customers;

/// <summary>Given(commands).When(command).Then(…): a customer's rules without anything around.
/// </summary>
internal sealed class Scenario
{
    public static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private Customer _customer = Customer.Unborn(new Guid("0199f000-0000-7000-8000-000000000001"));
    private DateTimeOffset _now = Start;
    private Decision _decision;

    public Customer Customer => _customer;

    public DateTimeOffset Now => _now;

    public Decision Decision => _decision;

    public static Scenario Given(params CustomerCommand[] commands)
    {
        var scenario = new Scenario();
        foreach (var command in commands) scenario.When(command).ThenAccepted();
        return scenario;
    }

    /// <summary>A customer who proved a phone.</summary>
    public static Scenario GivenSignedUp(params CustomerCommand[] commands) => Given(
        [new CustomerCommand.SignUp(ContactChannel.Phone, "+4915112345678"), .. commands]);

    public Scenario When(CustomerCommand command)
    {
        _now += TimeSpan.FromSeconds(1);
        _decision = _customer.Decide(command, _now);
        if (!_decision.Events.IsEmpty) _customer = _customer.After(_decision.Events, _now);
        return this;
    }

    public Scenario After(TimeSpan pause)
    {
        _now += pause;
        return this;
    }

    /// <summary>An order of this customer is under way.</summary>
    public Scenario AndOrder(Guid id)
    {
        _customer = _customer with
        {
            ActiveOrders = _customer.ActiveOrders.Add(new ActiveOrder
            {
                Id = id,
                BranchId = id,
                Status = OrderStatus.PickedUp,
                Total = 1m,
                PlacedAt = _now,
                UpdatedAt = _now,
            }),
        };
        return this;
    }

    /// <summary>Refused, and remembered.</summary>
    public Scenario ThenCounted(int attemptsLeft)
    {
        _decision.Refusal.ShouldBe(Refusal.OtpWrong);
        _decision.AttemptsLeft.ShouldBe(attemptsLeft);
        Facts.ShouldHaveSingleItem().ShouldBeOfType<CustomerEvent.ContactCodeFailed>();
        return this;
    }

    /// <summary>Scores of risk and segments have tests of their own.</summary>
    private IEnumerable<CustomerEvent> Facts => _decision.Events.Where(happened => happened
        is not (CustomerEvent.RiskScored or CustomerEvent.SegmentChanged));

    public Customer Then(params CustomerEvent[] events)
    {
        _decision.Refusal.ShouldBeNull();
        Facts.ShouldBe(events);
        return _customer;
    }

    public Customer ThenAccepted()
    {
        _decision.Refusal.ShouldBeNull();
        return _customer;
    }

    public Scenario ThenRefused(Refusal refusal, TimeSpan? retryAfter = null)
    {
        _decision.Refusal.ShouldBe(refusal);
        _decision.Events.ShouldBeEmpty();
        if (retryAfter is not null) _decision.RetryAfter.ShouldBe(retryAfter);
        return this;
    }

    public void ThenInvalid(params string[] members)
    {
        ThenRefused(Refusal.InvalidMember);
        _decision.Errors.Select(e => e.Member).ShouldBe(members);
    }
}
