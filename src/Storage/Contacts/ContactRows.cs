using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Courier;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Storage.SignIn;

namespace CustomerGrains.Storage.Contacts;

/// <summary>What a commit writes about contacts beside the customer itself. Nearly always
/// nothing.</summary>
internal sealed class ContactRows
{
    private static readonly ContactChannel[] Channels =
        [ContactChannel.Phone, ContactChannel.Email];

    private ContactRows(CustomerCommit commit, KeyRing keys)
    {
        foreach (var channel in Channels)
        {
            var before = commit.Before.ChangesOn(channel);
            var after = commit.After.ChangesOn(channel);
            if (ReferenceEquals(before, after)) continue;
            Changes.Add(ChangesRow.Of(commit, channel, after));
            if (after.Pending is { } pending && !ReferenceEquals(before.Pending, pending))
                Codes.Add(CodeRow.Of(commit, keys, channel, pending, consumedAt: null));
        }

        foreach (var happened in commit.Events) Add(commit, keys, happened);
        foreach (var message in commit.Messages)
            Messages.Add(new(commit, message, message.Message.Seal(keys, message.Id)));
    }

    public List<ChangesRow> Changes { get; } = [];

    public List<CodeRow> Codes { get; } = [];

    public List<ReservationRow> Reserved { get; } = [];

    public List<ReservationRow> Released { get; } = [];

    public List<MessageRow> Messages { get; } = [];

    /// <summary>Null when there is nothing to write.</summary>
    public static ContactRows? Of(CustomerCommit commit, KeyRing keys)
    {
        var (before, after) = (commit.Before, commit.After);
        return commit.Messages.IsEmpty
            && ReferenceEquals(before.PhoneChanges, after.PhoneChanges)
            && ReferenceEquals(before.EmailChanges, after.EmailChanges)
                ? null
                : new ContactRows(commit, keys);
    }

    private void Add(CustomerCommit commit, KeyRing keys, CustomerEvent happened)
    {
        switch (happened)
        {
            case CustomerEvent.ContactChanged e:
                var proved = commit.Before.ChangesOn(e.Channel).Pending!;
                Codes.Add(CodeRow.Of(commit, keys, e.Channel, proved, commit.At));
                if (e is { Old: { } old, UndoUntil: { } until })
                    Reserved.Add(Reservation(commit, keys, e.Channel, old, until));
                break;
            case CustomerEvent.ContactRestored e:
                Released.Add(Reservation(commit, keys, e.Channel, e.New, commit.At));
                break;
        }
    }

    internal static ReservationRow Reservation(
        CustomerCommit commit,
        KeyRing keys,
        ContactChannel channel,
        string contact,
        DateTimeOffset until) =>
        new(commit, channel.Name(), keys.IndexOf(new Contact(channel, contact)), until);
}

internal sealed record ReservationRow(
    CustomerCommit Commit, string Channel, byte[] Index, DateTimeOffset Until);

internal sealed record MessageRow(CustomerCommit Commit, OutgoingMessage Outgoing, byte[] Payload);
