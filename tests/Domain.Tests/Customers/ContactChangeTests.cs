using CustomerGrains.Domain.Customers;
using CustomerGrains.Domain.SignIn;
using Shouldly;
using Xunit;
using static CustomerGrains.Domain.Tests.Customers.Changes;
using static CustomerGrains.Domain.Tests.Customers.Samples;

namespace CustomerGrains.Domain.Tests.Customers;

[Trait("Section", "S4")]
public sealed class ContactChangeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Request_OfAnotherPhone_KeepsItPendingUntilItsCodeIsShown()
    {
        var scenario = Scenario.GivenSignedUp(RequestPhone(1));
        scenario.Customer.Phone.ShouldBe(OldPhone);
        scenario.Customer.PhoneChanges.Pending!.NewValue.ShouldBe(NewPhone);
        scenario.Customer.PhoneChanges.AttemptsLeft(scenario.Now).ShouldBe(5);

        var customer = scenario.When(Verify(1)).ThenAccepted();

        customer.Phone.ShouldBe(NewPhone);
        customer.PhoneVerified.ShouldBeTrue();
        customer.PhoneChanges.Pending.ShouldBeNull();
        customer.PhoneChanges.Series.ShouldBeNull();
        customer.PhoneChanges.Undo!.Old.ShouldBe(OldPhone);
        customer.PhoneChanges.Undo.Until.ShouldBe(scenario.Now + TimeSpan.FromHours(72));
    }

    [Fact]
    public void Request_OfTheFirstContact_SendsNoCancelTokenAndOpensNoUndo()
    {
        var scenario = Scenario.GivenSignedUp(RequestEmail(1, "a@example.com"));
        scenario.Customer.EmailChanges.Pending!.Cancel.ShouldBeNull();
        scenario.When(Verify(1)).ThenAccepted().EmailChanges.Undo.ShouldBeNull();
        scenario.When(RequestEmail(2, "b@example.com")).ThenAccepted();
    }

    [Fact]
    public void Verify_ByAGuest_MakesThemACustomer()
    {
        var guest = Scenario.Given(new CustomerCommand.CreateGuest(), RequestPhone(1));
        guest.When(Verify(1)).Then(
            new CustomerEvent.ContactChanged(Id(1), ContactChannel.Phone, null, NewPhone, null),
            new CustomerEvent.GuestPromoted());
        guest.Customer.Status.ShouldBe(AccountStatus.Active);
        guest.Customer.IsTemporary.ShouldBeFalse();
    }

    [Fact]
    public void Request_OfTheOwnContact_IsRefused() => Scenario.GivenSignedUp()
        .When(RequestPhone(1, OldPhone)).ThenRefused(Refusal.ContactUnchanged);

    [Fact]
    public void Request_Again_TakesThePlaceAndContinuesTheSeries()
    {
        var scenario = Scenario.GivenSignedUp(RequestPhone(1));
        scenario.When(RequestPhone(2)).ThenRefused(Refusal.OtpCooldown, TimeSpan.FromSeconds(29));
        scenario.After(TimeSpan.FromSeconds(28)).When(RequestPhone(2)).ThenAccepted();
        scenario.When(Resend(2)).ThenRefused(Refusal.OtpCooldown, TimeSpan.FromSeconds(59));
        scenario.When(Verify(1, former: FormerChange.Dropped)).ThenRefused(Refusal.OtpExpired);
        scenario.When(Cancel(2)).ThenAccepted();
        scenario.When(RequestPhone(3)).ThenRefused(Refusal.OtpCooldown);
        scenario.After(TimeSpan.FromHours(24)).When(RequestPhone(3)).ThenAccepted();
        scenario.Customer.PhoneChanges.Series!.Sends.ShouldBe(1);
    }

    [Fact]
    public void Channels_HaveSeriesAndBudgetsOfTheirOwn()
    {
        var scenario = Scenario.GivenSignedUp(RequestPhone(1));
        scenario.When(RequestEmail(2, "a@example.com")).ThenAccepted();
        scenario.When(Verify(1, right: false)).ThenCounted(4);
        scenario.When(Verify(2, right: false)).ThenCounted(4);
        scenario.Customer.PhoneChanges.Failures.Length.ShouldBe(1);
    }

    [Fact]
    public void Verify_FiveTimesWrong_SpendsTheCodeAndAResendDoesNotForget()
    {
        var scenario = Scenario.GivenSignedUp(RequestPhone(1));
        foreach (var left in (int[])[4, 3, 2, 1, 0])
            scenario.When(Verify(1, right: false)).ThenCounted(left);
        scenario.When(Verify(1)).ThenRefused(Refusal.OtpAttemptsExhausted);

        scenario.After(TimeSpan.FromSeconds(30)).When(Resend(1)).ThenAccepted();
        foreach (var left in (int[])[4, 3, 2, 1, 0])
            scenario.When(Verify(1, right: false)).ThenCounted(left);

        scenario.After(TimeSpan.FromMinutes(2)).When(Resend(1))
            .ThenRefused(Refusal.FailureBudgetSpent);
        scenario.When(RequestPhone(2)).ThenRefused(Refusal.FailureBudgetSpent);
        scenario.After(TimeSpan.FromHours(24)).When(RequestPhone(2)).ThenAccepted();
        scenario.When(Verify(2)).ThenAccepted();
    }

    [Fact]
    public void AttemptsLeft_NeverPromisesMoreThanTheDayHas()
    {
        var scenario = Scenario.GivenSignedUp(RequestPhone(1));
        Fail(scenario, 1, 4);
        scenario.After(TimeSpan.FromSeconds(30)).When(Resend(1)).ThenAccepted();
        Fail(scenario, 1, 4);
        scenario.After(TimeSpan.FromSeconds(60)).When(Resend(1)).ThenAccepted();
        scenario.Customer.PhoneChanges.AttemptsLeft(scenario.Now).ShouldBe(2);
        scenario.When(Verify(1, right: false)).ThenCounted(1);
        scenario.When(Verify(1, right: false)).ThenCounted(0);
        var wait = scenario.Customer.PhoneChanges.Failures[0]
            + SignInLimits.FailureWindow - scenario.Now - Second;
        scenario.When(Verify(1)).ThenRefused(Refusal.FailureBudgetSpent, wait);
    }

    [Fact]
    public void Verify_AfterTenMinutes_IsTooLateAndCountsNothing()
    {
        var scenario = Scenario.GivenSignedUp(RequestPhone(1));
        scenario.After(SignInLimits.CodeLifetime - Second).When(Verify(1, right: false))
            .ThenCounted(4);
        scenario.When(Verify(1)).ThenRefused(Refusal.OtpExpired);
        scenario.When(Resend(1)).ThenRefused(Refusal.OtpExpired);
        scenario.When(Cancel(1)).ThenRefused(Refusal.OtpExpired);
        scenario.When(CancelByToken(1)).ThenRefused(Refusal.UndoOver);
    }

    [Theory]
    [InlineData(FormerChange.Unknown, Refusal.OtpUnknown)]
    [InlineData(FormerChange.Used, Refusal.OtpUsed)]
    [InlineData(FormerChange.Dropped, Refusal.OtpExpired)]
    public void Verify_OfAChangeThatIsNotPending_SaysWhatBecameOfItAndCountsNothing(
        FormerChange former, Refusal refusal)
    {
        var scenario = Scenario.GivenSignedUp(RequestPhone(1));
        scenario.When(Verify(9, right: false, former)).ThenRefused(refusal);
        scenario.When(Resend(9, former)).ThenRefused(refusal);
        scenario.When(Cancel(9, former)).ThenRefused(refusal);
        scenario.Customer.PhoneChanges.Failures.ShouldBeEmpty();
    }

    [Fact]
    public void WhileUndoIsOpen_TheChannelIsFrozenAndTheOtherIsNot()
    {
        var scenario = Scenario.GivenSignedUp(RequestPhone(1), Verify(1));
        scenario.When(RequestPhone(2, "+4915100000000"))
            .ThenRefused(Refusal.ChangeFrozen, TimeSpan.FromHours(72) - Second);
        scenario.When(RequestEmail(3, "a@example.com")).ThenAccepted();
        scenario.After(TimeSpan.FromHours(72)).When(RequestPhone(2, "+4915100000000"))
            .ThenAccepted();
    }

    [Fact]
    public void Undo_RestoresTheOldContactOnceAndRevokesTokens()
    {
        var scenario = Scenario.GivenSignedUp(RequestPhone(1), Verify(1));
        var customer = scenario.When(Undo(1)).Then(new CustomerEvent.ContactRestored(
            ContactChannel.Phone, NewPhone, OldPhone));
        customer.Phone.ShouldBe(OldPhone);
        customer.TokensValidAfter.ShouldBe(scenario.Now);
        customer.PhoneChanges.IsFrozen(scenario.Now).ShouldBeFalse();

        scenario.When(Undo(1)).Then();
        scenario.When(RequestPhone(2)).ThenAccepted();
    }

    [Fact]
    public void Undo_After72Hours_OrWithAForeignToken_IsOver()
    {
        var scenario = Scenario.GivenSignedUp(RequestPhone(1), Verify(1));
        scenario.When(Undo(2)).ThenRefused(Refusal.UndoOver);
        scenario.When(CancelByToken(1)).ThenRefused(Refusal.UndoOver);
        scenario.After(TimeSpan.FromHours(72)).When(Undo(1)).ThenRefused(Refusal.UndoOver);
        scenario.Customer.Phone.ShouldBe(NewPhone);
    }

    [Fact]
    public void CancelToken_EndsThePendingChange_AndAskingTwiceIsNoError()
    {
        var scenario = Scenario.GivenSignedUp(RequestPhone(1));
        scenario.When(CancelByToken(1)).Then(new CustomerEvent.ContactChangeCancelled(
            Id(1), ContactChannel.Phone, ByOldContact: true));
        scenario.When(CancelByToken(1)).Then();
        scenario.When(Verify(1, former: FormerChange.Dropped)).ThenRefused(Refusal.OtpExpired);
        scenario.Customer.Phone.ShouldBe(OldPhone);
    }

    [Fact]
    public void PhoneChange_WithAnOrderUnderWay_WantsAConfirmationAndTellsTheRider()
    {
        var scenario = Scenario.GivenSignedUp().AndOrder(Id(7));
        scenario.When(RequestPhone(1)).ThenRefused(Refusal.ActiveOrderConflict);
        scenario.Decision.ActiveOrders.ShouldBe([Id(7)]);
        scenario.When(RequestEmail(2, "a@example.com")).ThenAccepted();
        scenario.When(RequestPhone(1, isConfirmed: true)).ThenAccepted();

        // Placed after the warning: no second warning, but the flag.
        scenario.AndOrder(Id(8)).When(Verify(1)).ThenAccepted();
        scenario.Customer.ActiveOrders.ShouldAllBe(o => o.PhoneUpdated && o.ContactVersion == 1);
        scenario.When(Verify(2)).ThenAccepted();
        scenario.When(Undo(1)).ThenAccepted();
        scenario.Customer.ActiveOrders.ShouldAllBe(o => o.PhoneUpdated && o.ContactVersion == 2);
    }

    [Theory]
    [InlineData(ContactChannel.Phone, "+4915112345678", "+49***78")]
    [InlineData(ContactChannel.Email, "ada@example.com", "a***@example.com")]
    [InlineData(ContactChannel.Email, "\U0001F600x@example.com", "\U0001F600***@example.com")]
    [InlineData(ContactChannel.Phone, "+4912", "***")]
    public void Mask_ShowsEnoughToRecognise(ContactChannel channel, string contact, string shown) =>
        ContactMask.Of(channel, contact).ShouldBe(shown);

    private static void Fail(Scenario scenario, int n, int times)
    {
        for (var i = 0; i < times; i++)
            scenario.When(Verify(n, right: false)).Decision.Refusal.ShouldBe(Refusal.OtpWrong);
    }
}
