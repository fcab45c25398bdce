using System.Collections.Immutable;
using CustomerGrains.Domain.SignIn;
using static CustomerGrains.Domain.Customers.CustomerCommand;
using static CustomerGrains.Domain.Customers.CustomerEvent;

namespace CustomerGrains.Domain.Customers;

public static partial class CustomerDecider
{
    /// <remarks>Whether somebody else owns the contact is not asked: the database decides when it
    /// is proved. Nor is it asked then whether an order was placed in between: that order's rider
    /// is told by the flag.</remarks>
    private static Decision RequestContactChange(
        Customer customer, RequestContactChange command, DateTimeOffset now)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerUnknown);
        if (customer.ChannelOfPending(command.ChangeId) is not null) return Decision.Nothing;
        if (IsStale(customer, command)) return Decision.Refuse(Refusal.VersionMismatch);
        var present = customer.ContactOn(command.Channel);
        var changes = customer.ChangesOn(command.Channel);
        if (present == command.NewValue) return Decision.Refuse(Refusal.ContactUnchanged);
        if (changes.IsFrozen(now))
            return Decision.Refuse(Refusal.ChangeFrozen, changes.Undo!.Until - now);
        if (command.Channel == ContactChannel.Phone && !command.IsConfirmed
            && !customer.ActiveOrders.IsEmpty)
        {
            return Decision.Refuse(
                Refusal.ActiveOrderConflict, [.. customer.ActiveOrders.Select(o => o.Id)]);
        }

        return MaySend(changes, now) ?? Decision.Record(new ContactChangeRequested(
            command.ChangeId,
            command.Channel,
            command.NewValue,
            now + SignInLimits.CodeLifetime,
            command.Code,
            present is null ? null : command.Cancel));
    }

    private static Decision ResendContactChange(
        Customer customer, ResendContactChange command, DateTimeOffset now)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerUnknown);
        if (IsStale(customer, command)) return Decision.Refuse(Refusal.VersionMismatch);
        if (customer.ChannelOfPending(command.ChangeId) is not { } channel)
            return Decision.Refuse(RefusalOf(command.Former));
        var changes = customer.ChangesOn(channel);
        if (changes.Pending!.IsExpired(now)) return Decision.Refuse(Refusal.OtpExpired);

        return MaySend(changes, now) ?? Decision.Record(new ContactCodeResent(
            command.ChangeId, channel, now + SignInLimits.CodeLifetime, command.Code));
    }

    private static Decision VerifyContactChange(
        Customer customer, VerifyContactChange command, DateTimeOffset now)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerUnknown);
        if (IsStale(customer, command)) return Decision.Refuse(Refusal.VersionMismatch);
        if (customer.ChannelOfPending(command.ChangeId) is not { } channel)
            return Decision.Refuse(RefusalOf(command.Former));
        var changes = customer.ChangesOn(channel);
        var pending = changes.Pending!;
        if (pending.IsExpired(now)) return Decision.Refuse(Refusal.OtpExpired);
        if (pending.Attempts >= SignInLimits.TriesPerCodeMax)
            return Decision.Refuse(Refusal.OtpAttemptsExhausted);
        if (changes.TriesLeft(now) <= 0)
            return Decision.Refuse(Refusal.FailureBudgetSpent, changes.NextTryAt - now);
        if (!command.Matches)
        {
            return Decision.RecordAndRefuse(
                new ContactCodeFailed(pending.Id, channel),
                Refusal.OtpWrong,
                changes.AttemptsLeft(now) - 1);
        }

        return Decision.Record(Completion(customer, channel, pending, command.Undo, now));
    }

    private static Decision CancelContactChange(
        Customer customer, CancelContactChange command, DateTimeOffset now)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerUnknown);
        if (IsStale(customer, command)) return Decision.Refuse(Refusal.VersionMismatch);
        if (customer.ChannelOfPending(command.ChangeId) is not { } channel)
            return Decision.Refuse(RefusalOf(command.Former));
        if (customer.ChangesOn(channel).Pending!.IsExpired(now))
            return Decision.Refuse(Refusal.OtpExpired);

        return Decision.Record(
            new ContactChangeCancelled(command.ChangeId, channel, ByOldContact: false));
    }

    /// <remarks>A token that did its work does nothing the second time: whoever lost the answer
    /// may ask again.</remarks>
    private static Decision UndoContactChange(
        Customer customer, UndoContactChange command, DateTimeOffset now)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.UndoOver);
        foreach (var channel in Channels)
        {
            var changes = customer.ChangesOn(channel);
            if (IsToken(changes.Pending?.Cancel, command) && !changes.Pending!.IsExpired(now))
            {
                return Decision.Record(new ContactChangeCancelled(
                    changes.Pending.Id, channel, ByOldContact: true));
            }

            if (IsToken(changes.Undo?.Token, command) && changes.IsFrozen(now))
            {
                var restored = new ContactRestored(
                    channel, customer.ContactOn(channel), changes.Undo!.Old);
                // Whoever changed the contact may have asked for the erasure, too.
                return customer.Erasure is { } erasure
                    ? Decision.Record(
                        restored, new ErasureCancelled(erasure.RunsAt, ByOldContact: true))
                    : Decision.Record(restored);
            }

            if (IsToken(changes.Spent?.Token, command)) return Decision.Nothing;
        }

        return Decision.Refuse(Refusal.UndoOver);
    }

    private static readonly ImmutableArray<ContactChannel> Channels =
        [ContactChannel.Phone, ContactChannel.Email];

    private static bool IsToken(SecretHash? kept, UndoContactChange command) =>
        kept is not null && kept.Matches(command.Token);

    private static ImmutableArray<CustomerEvent> Completion(
        Customer customer,
        ContactChannel channel,
        PendingChange pending,
        SecretHash undo,
        DateTimeOffset now)
    {
        var old = customer.ContactOn(channel);
        var changed = new ContactChanged(
            pending.Id,
            channel,
            old,
            pending.NewValue,
            old is null ? null : now + Limits.UndoWindow,
            old is null ? null : undo);
        return customer.IsTemporary ? [changed, new GuestPromoted()] : [changed];
    }

    /// <returns>Null when a code may be sent. The destination has a budget of its own, which the
    /// database keeps.</returns>
    private static Decision? MaySend(ContactChanges changes, DateTimeOffset now)
    {
        // Said first: waiting for the cool-down alone would not help.
        if (changes.TriesLeft(now) <= 0)
            return Decision.Refuse(Refusal.FailureBudgetSpent, changes.NextTryAt - now);
        var nextAt = changes.NextSendAt(now);
        return now < nextAt ? Decision.Refuse(Refusal.OtpCooldown, nextAt - now) : null;
    }

    private static Refusal RefusalOf(FormerChange former) => former switch
    {
        FormerChange.Unknown => Refusal.OtpUnknown,
        FormerChange.Used => Refusal.OtpUsed,
        FormerChange.Dropped => Refusal.OtpExpired,
        _ => throw new ArgumentOutOfRangeException(nameof(former)),
    };
}
