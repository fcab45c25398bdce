using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Domain.SignIn;
using CustomerGrains.Storage.Contacts;
using CustomerGrains.Storage.Courier;
using CustomerGrains.Storage.SignIn;

namespace CustomerGrains.Grains.Customers;

/// <summary>Codes, tokens and messages of contact changes.</summary>
internal sealed class ContactDesk(
    ChangeSecrets secrets, SendBudget budget, CourierSignal courier, CustomerOptions options)
{
    public NewSecret NewCode(Guid changeId) => secrets.NewCode(changeId);

    public NewSecret NewToken(Guid customerId) => secrets.NewToken(customerId);

    /// <summary>Compares in constant time, also when there is nothing to compare with.</summary>
    public bool IsCode(PendingChange? pending, Guid changeId, string code)
    {
        var kept = pending?.Code ?? secrets.NewCode(changeId).Hash;
        return secrets.IsCode(kept, changeId, code) && pending?.Code is not null;
    }

    /// <summary>Books one code with the destination's own budget.</summary>
    public Task<Booking> Book(Contact to) => budget.Book(to);

    public static OutgoingMessage CodeMessage(
        Customer customer, Contact to, NewSecret code, DateTimeOffset now) => new(
        Guid.CreateVersion7(now),
        CourierMessage.WithCode(
            to, CodePurpose.ProfileUpdate, code.Text, customer.Profile.PreferredLanguage),
        now + SignInLimits.CodeLifetime);

    /// <summary>To the old contact: a change was asked for.</summary>
    public OutgoingMessage CancelMessage(
        Customer customer, Contact old, NewSecret token, DateTimeOffset now) => new(
        Guid.CreateVersion7(now),
        CourierMessage.ChangeRequested(
            old, customer.Profile.PreferredLanguage, token.Text, options.LinkFor(token.Text)),
        now + SignInLimits.CodeLifetime);

    /// <summary>To the old contact: it was replaced.</summary>
    public OutgoingMessage UndoMessage(
        Customer customer, Contact old, NewSecret token, DateTimeOffset now) => new(
        Guid.CreateVersion7(now),
        CourierMessage.ChangeCompleted(
            old, customer.Profile.PreferredLanguage, token.Text, options.LinkFor(token.Text)),
        now + Limits.UndoWindow);

    public void Wake() => courier.Wake();
}
