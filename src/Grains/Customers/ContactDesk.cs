using System.Collections.Immutable;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Domain.SignIn;
using CustomerGrains.Storage;
using CustomerGrains.Storage.Contacts;
using CustomerGrains.Storage.Courier;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Links;
using CustomerGrains.Storage.SignIn;

namespace CustomerGrains.Grains.Customers;

/// <summary>Codes, tokens and messages of contact changes and account links.</summary>
internal sealed class ContactDesk(
    ChangeSecrets secrets,
    SendBudget budget,
    LinkStore links,
    ContactOwners owners,
    CourierSignal courier,
    CustomerOptions options,
    TimeProvider time)
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

    /// <summary>See <see cref="LinkStore.Start"/>.</summary>
    public Task<SendVerdict> StartLink(LinkWish wish, StoredReply? reply) =>
        links.Start(wish, reply);

    /// <summary>See <see cref="LinkStore.Find"/>.</summary>
    public Task<StoredLink?> FindLink(Guid linkId, Guid customerId) =>
        links.Find(linkId, customerId);

    /// <summary>See <see cref="LinkStore.Prove"/>.</summary>
    public Task<LinkOutcome> ProveLink(
        Guid linkId, Guid customerId, string? ownCode, string otherCode) => links.Prove(
            linkId, customerId, ownCode, otherCode, time.UtcNowInMilliseconds());

    /// <summary>Only of a contact whose control was proved.</summary>
    public Task<Guid?> OwnerOf(Contact proved) => owners.Find(proved);

    /// <summary>To every contact of the customer: it will be forgotten. Whoever reads it and did
    /// not ask for it signs in and takes it back.</summary>
    public static ImmutableArray<OutgoingMessage> ErasureNotices(
        Customer customer, DateTimeOffset runsAt, DateTimeOffset now)
    {
        var notices = ImmutableArray.CreateBuilder<OutgoingMessage>();
        foreach (var channel in Enum.GetValues<ContactChannel>())
        {
            if (customer.ContactOn(channel) is not { } contact) continue;
            notices.Add(new OutgoingMessage(
                Guid.CreateVersion7(now),
                CourierMessage.ErasureRequested(
                    new Contact(channel, contact), customer.Profile.PreferredLanguage, runsAt),
                runsAt));
        }

        return notices.DrainToImmutable();
    }

    public void Wake() => courier.Wake();
}
