using CsCheck;
using CustomerGrains.Domain.Customers;
using Shouldly;
using Xunit;
using static CustomerGrains.Domain.Tests.Customers.Bars;
using static CustomerGrains.Domain.Tests.Customers.Samples;

namespace CustomerGrains.Domain.Tests.Customers;

public sealed class BarTests
{
    private static readonly CustomerCommand SignIn =
        new CustomerCommand.SignIn(ContactChannel.Phone, Changes.OldPhone);

    private static DateTimeOffset Soon => Scenario.Start.AddMinutes(10);

    [Fact]
    public void Block_SaysWhoWhyAndWhatItWasBefore()
    {
        var customer = Scenario.GivenSignedUp().When(Impose(BarKind.Blocked)).Then(
            new CustomerEvent.Blocked(
                AccountStatus.Active, BarScope.All, "payment-fraud", "Three chargebacks.",
                PublicReason, Admin));

        customer.Status.ShouldBe(AccountStatus.Blocked);
        customer.Bar.ShouldBe(Of(BarKind.Blocked));
    }

    [Fact]
    public void Suspend_WithAnEnd_KeepsIt() => Scenario.GivenSignedUp()
        .When(Impose(BarKind.Suspended, BarScope.Ordering, Soon)).Then(
            new CustomerEvent.Suspended(
                AccountStatus.Active, BarScope.Ordering, "payment-fraud", "Three chargebacks.",
                PublicReason, Soon, Admin))
        .Bar.ShouldBe(Of(BarKind.Suspended, BarScope.Ordering, Soon));

    [Fact]
    public void Impose_TheSame_RecordsNothing_AlsoByAnotherAdministrator()
    {
        var scenario = Scenario.GivenSignedUp(Impose(BarKind.Suspended, until: Soon));
        scenario.When(Impose(BarKind.Suspended, until: Soon)).Then();
        scenario.When(new CustomerCommand.ImposeBar(
            Of(BarKind.Suspended, until: Soon) with { By = Id(901) })).Then()
            .Bar!.By.ShouldBe(Admin);
    }

    public static TheoryData<string> Differences =>
        ["kind", "scope", "reason", "comment", "public", "until"];

    [Theory]
    [MemberData(nameof(Differences))]
    public void Impose_AnythingElse_TakesItsPlace(string difference)
    {
        var first = Of(BarKind.Suspended, until: Soon);
        var other = difference switch
        {
            "kind" => Of(BarKind.Blocked),
            "scope" => first with { Scope = BarScope.Ordering },
            "reason" => first with { ReasonCode = "abuse" },
            "comment" => first with { Comment = null },
            "public" => first with { PublicReason = null },
            _ => first with { Until = Soon.AddDays(1) },
        };

        var scenario = Scenario.GivenSignedUp(Impose(BarKind.Suspended, until: Soon))
            .When(new CustomerCommand.ImposeBar(other));

        scenario.Decision.Events.Length.ShouldBe(1);
        scenario.Customer.Bar.ShouldBe(other);
    }

    [Fact]
    public void Lift_GivesTheStatusBack_AndASecondTimeRecordsNothing()
    {
        var scenario = Scenario.GivenSignedUp(Impose(BarKind.Blocked));
        scenario.When(Lift()).Then(new CustomerEvent.Unblocked(
            AccountStatus.Blocked, AccountStatus.Active, "Settled.", Admin))
            .Status.ShouldBe(AccountStatus.Active);
        scenario.When(Lift()).Then();
    }

    [Fact]
    public void Lift_OfAGuest_GivesTemporaryBack()
    {
        var guest = Scenario.Given(new CustomerCommand.CreateGuest(), Impose(BarKind.Blocked));
        guest.Customer.Status.ShouldBe(AccountStatus.Blocked);
        guest.Customer.IsTemporary.ShouldBeTrue();
        guest.When(Lift()).ThenAccepted().Status.ShouldBe(AccountStatus.Temporary);
    }

    [Fact]
    public void Lift_OfAGuestWhoWasPromotedMeanwhile_GivesActive()
    {
        var guest = Scenario.Given(
            new CustomerCommand.CreateGuest(),
            Impose(BarKind.Blocked, BarScope.Ordering),
            Changes.RequestPhone(1),
            Changes.Verify(1));
        guest.Customer.Status.ShouldBe(AccountStatus.Blocked);
        guest.When(Lift()).ThenAccepted().Status.ShouldBe(AccountStatus.Active);
    }

    [Theory]
    [InlineData(BarKind.Blocked, Refusal.AccountBlocked)]
    [InlineData(BarKind.Suspended, Refusal.AccountSuspended)]
    public void Barred_FromAll_IsRefusedEverywhereAndCannotSignIn(BarKind kind, Refusal refusal)
    {
        var scenario = Scenario.GivenSignedUp(Impose(kind));
        scenario.Customer.RefusalOf(scenario.Now, scenario.Now).ShouldBe(refusal);
        scenario.When(SignIn).ThenRefused(refusal)
            .Decision.PublicReason.ShouldBe(PublicReason);
    }

    [Fact]
    public void Barred_WithARevokedToken_HearsOfTheTokenOnly()
    {
        var customer = Scenario.GivenSignedUp(Impose(BarKind.Blocked)).Customer
            with { TokensValidAfter = Scenario.Start };
        customer.RefusalOf(Scenario.Start.AddSeconds(-1), Soon).ShouldBe(Refusal.TokenRevoked);
    }

    [Fact]
    public void Barred_FromOrdering_MayDoEverythingElse()
    {
        var scenario = Scenario.GivenSignedUp(Impose(BarKind.Blocked, BarScope.Ordering));
        scenario.Customer.RefusalOf(scenario.Now, scenario.Now).ShouldBeNull();
        scenario.When(SignIn).ThenAccepted();
    }

    [Fact]
    public void Barred_OrdersUnderWay_GoOn()
    {
        var scenario = Scenario.GivenSignedUp(
            Add(1), OrderSamples.Place(50), Impose(BarKind.Blocked));
        scenario.When(OrderSamples.Progress(50, OrderStatus.Accepted) with { RiderId = Id(8) })
            .ThenAccepted();
        scenario.When(OrderSamples.Acknowledge(50, 8, 0)).ThenAccepted();
        scenario.When(OrderSamples.Progress(50, OrderStatus.PickedUp)).ThenAccepted();
        scenario.When(OrderSamples.Progress(50, OrderStatus.Delivered)).ThenAccepted()
            .Profile.TotalOrders.ShouldBe(1);
    }

    [Fact]
    public void Barred_TheOldContactCanStillUndo() => Scenario.GivenSignedUp(
            Changes.RequestPhone(1), Changes.Verify(1), Impose(BarKind.Blocked))
        .When(Changes.Undo(1)).ThenAccepted().Phone.ShouldBe(Changes.OldPhone);

    [Fact]
    public void Suspension_IsOverFromTheMomentItEnds()
    {
        var customer = Scenario.GivenSignedUp(Impose(BarKind.Suspended, until: Soon)).Customer;
        customer.BarToAll(Soon.AddMilliseconds(-1)).ShouldNotBeNull();
        customer.BarToAll(Soon).ShouldBeNull();
        customer.RefusalOf(Soon, Soon).ShouldBeNull();
        customer.StatusAt(Soon.AddMilliseconds(-1)).ShouldBe(AccountStatus.Suspended);
        customer.StatusAt(Soon).ShouldBe(AccountStatus.Active);
        customer.Decide(OrderSamples.Place(50, address: null), Soon).Refusal.ShouldBeNull();
        customer.Decide(SignIn, Soon).Refusal.ShouldBeNull();
    }

    [Fact]
    public void EndSuspension_TooEarly_OrOfABlock_OrOfNothing_RecordsNothing()
    {
        Scenario.GivenSignedUp(Impose(BarKind.Suspended, until: Soon)).When(End()).Then();
        Scenario.GivenSignedUp(Impose(BarKind.Suspended)).When(End()).Then();
        Scenario.GivenSignedUp(Impose(BarKind.Blocked)).When(End()).Then();
        Scenario.GivenSignedUp().When(End()).Then();
    }

    [Fact]
    public void EndSuspension_AfterItsTime_IsRecordedOnce()
    {
        var scenario = Scenario.GivenSignedUp(Impose(BarKind.Suspended, until: Soon))
            .After(TimeSpan.FromMinutes(10));
        scenario.When(End()).Then(new CustomerEvent.SuspensionEnded(
            AccountStatus.Suspended, AccountStatus.Active)).Bar.ShouldBeNull();
        scenario.When(End()).Then();
    }

    [Fact]
    public void EndSuspension_AfterANewOne_LeavesThat()
    {
        var scenario = Scenario.GivenSignedUp(
            Impose(BarKind.Suspended, until: Soon),
            Impose(BarKind.Suspended, until: Soon.AddDays(1))).After(TimeSpan.FromMinutes(10));
        scenario.When(End()).Then().Bar!.Until.ShouldBe(Soon.AddDays(1));
    }

    [Fact]
    public void Nobody_IsNotBarred()
    {
        Scenario.Given().When(Impose(BarKind.Blocked)).ThenRefused(Refusal.CustomerNotFound);
        Scenario.Given().When(Lift()).ThenRefused(Refusal.CustomerNotFound);
        Scenario.Given().When(End()).ThenRefused(Refusal.CustomerNotFound);
    }

    [Fact]
    public void AnOlderVersion_IsRefusedBeforeAnythingElse()
    {
        var scenario = Scenario.GivenSignedUp(Impose(BarKind.Blocked));
        scenario.When(Impose(BarKind.Blocked) with { ExpectedVersion = 1 })
            .ThenRefused(Refusal.VersionMismatch);
        scenario.When(Lift() with { ExpectedVersion = 1 }).ThenRefused(Refusal.VersionMismatch);
    }

    [Fact]
    public void Texts_AreNotPrinted() =>
        Of(BarKind.Blocked).ToString().ShouldNotContain("chargebacks");

    /// <summary>What is barred is what the newest of the bars says that was not lifted, at any
    /// time, whether or not its end was recorded.</summary>
    [Fact]
    public void The_status_follows_the_newest_bar_and_the_clock() =>
        Gen.Select(Gen.Int[0, 3], Gen.Enum<BarKind>(), Gen.Enum<BarScope>(), Gen.Int[1, 40])
            .Array[0, 30].Sample(steps =>
        {
            var (customer, now) = (Scenario.GivenSignedUp().Customer, Scenario.Start);
            Bar? expected = null;
            foreach (var (what, kind, scope, seconds) in steps)
            {
                now += TimeSpan.FromSeconds(10);
                DateTimeOffset? until =
                    kind == BarKind.Suspended ? now.AddSeconds(seconds) : null;
                CustomerCommand command = what switch
                {
                    0 => Lift(),
                    1 => End(),
                    _ => Impose(kind, scope, until),
                };
                if (what == 0) expected = null;
                if (what > 1) expected = Of(kind, scope, until);
                if (expected?.Until <= now) expected = null;
                var events = customer.Decide(command, now).Events;
                if (!events.IsEmpty) customer = customer.After(events, now);

                customer.BarToOrder(now).ShouldBe(expected);
                customer.StatusAt(now).ShouldBe(expected?.Kind switch
                {
                    BarKind.Blocked => AccountStatus.Blocked,
                    BarKind.Suspended => AccountStatus.Suspended,
                    _ => AccountStatus.Active,
                });
                (customer.BarToAll(now) is null).ShouldBe(expected?.Scope != BarScope.All);
            }
        });
}
