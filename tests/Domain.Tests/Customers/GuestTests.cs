using CustomerGrains.Domain.Customers;
using Shouldly;
using Xunit;
using static CustomerGrains.Domain.Customers.CustomerEvent;

namespace CustomerGrains.Domain.Tests.Customers;

/// <summary>Guests who do not come back.</summary>
public sealed class GuestTests
{
    private static readonly CustomerCommand Birth = new CustomerCommand.CreateGuest();

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void Forget_IsDoneFromTheIdleTimeOn(int milliseconds, bool isDone)
    {
        var guest = Scenario.Given(Birth);
        var since = guest.Customer.UpdatedAt + TimeSpan.FromMilliseconds(milliseconds);
        guest.When(new CustomerCommand.ForgetIdleGuest(since)).ThenAccepted();
        guest.Customer.IsErased.ShouldBe(isDone);
    }

    [Fact]
    public void Forgotten_IsNobody_AndStaysSo()
    {
        var guest = Scenario.Given(Birth);
        guest.When(Forget(guest)).Then(new Erased(ErasureCause.IdleGuest)).Lives.ShouldBeFalse();
        guest.When(Forget(guest)).ThenRefused(Refusal.CustomerNotFound);
    }

    [Fact]
    public void Forget_OfSomebodyWhoIsNoGuest_DoesNothing()
    {
        var customer = Scenario.GivenSignedUp();
        customer.When(Forget(customer)).Then();
    }

    [Fact]
    public void Forget_OfABarredGuest_DoesNothing()
    {
        var guest = Scenario.Given(Birth, Bars.Impose(BarKind.Blocked, BarScope.All));
        guest.When(Forget(guest)).Then();
    }

    [Fact]
    public void Forget_WhileAnOrderIsUnderWay_DoesNothing()
    {
        var guest = Scenario.Given(Birth).AndOrder(Samples.Id(7));
        guest.When(Forget(guest)).Then();
    }

    [Fact]
    public void Forget_OfNobody_IsRefused() => new Scenario()
        .When(new CustomerCommand.ForgetIdleGuest(Scenario.Start))
        .ThenRefused(Refusal.CustomerNotFound);

    /// <summary>As of a time when nothing happened any more.</summary>
    private static CustomerCommand Forget(Scenario scenario) =>
        new CustomerCommand.ForgetIdleGuest(scenario.Now + TimeSpan.FromDays(1));
}
