using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Bars;
using CustomerGrains.Storage.Contacts;
using CustomerGrains.Storage.Journal;
using CustomerGrains.Storage.Merges;
using CustomerGrains.Storage.Orders;
using CustomerGrains.Storage.Privacy;
using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Storage.Customers;

/// <summary>A commit as it goes to the database: everything sealed and rendered by the caller's
/// thread, so that the writers only copy.</summary>
internal sealed class CommitRow
{
    /// <summary>The fixed columns of user, profile and journal, about.</summary>
    private const int FixedBytes = 600;

    private readonly TaskCompletionSource<CommitResult> _done =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CommitRow(CustomerCommit commit, KeyRing keys)
    {
        Commit = commit;
        var (before, after, key) = (commit.Before, commit.After, commit.Key);
        Partition = JournalPartition.Of(after.Id);
        Events = JournalCodec.WriteClear(commit.Events);
        if (JournalCodec.WritePersonal(commit.Events) is { } personal)
            Personal = key.Seal(SealedColumn.JournalPersonal, personal);

        PhoneChanged = before.Phone != after.Phone;
        if (PhoneChanged && after.Phone is { } phone)
        {
            Phone = key.Seal(SealedColumn.Phone, phone);
            PhoneIndex = keys.BlindIndex(IndexedField.Phone, phone);
        }

        EmailChanged = before.Email != after.Email;
        if (EmailChanged && after.Email is { } email)
        {
            Email = key.Seal(SealedColumn.Email, email);
            EmailIndex = keys.BlindIndex(IndexedField.Email, email);
        }

        DateOfBirthChanged = before.Profile.DateOfBirth != after.Profile.DateOfBirth;
        if (DateOfBirthChanged)
        {
            DateOfBirth = key.Seal(
                SealedColumn.DateOfBirth,
                after.Profile.DateOfBirth?.ToString("O", null));
        }

        if (IsNew) WrappedKey = keys.Wrap(key);
        if (commit.Reply is { } reply) Reply = key.Seal(SealedColumn.IdempotentReply, reply.Body);
        Addresses = AddressRow.Changes(commit);
        // Media only ever become more, unless all of them go with the person.
        Media = after.Media.Length <= before.Media.Length
            ? []
            : after.Media[before.Media.Length..].ToArray();
        Contacts = ContactRows.Of(commit, keys);
        Orders = OrderRow.Changes(commit);
        Bar = BarRow.Of(commit);
        Merges = MergeRows.Of(commit, keys);
        Privacy = PrivacyRow.Of(commit, keys);
        Size = FixedBytes + Events.Length + (Personal?.Length ?? 0) + (Reply?.Length ?? 0)
            + Addresses.Length * AddressRow.UsualBytes
            + Orders.Length * OrderRow.UsualBytes
            + (Bar is null ? 0 : BarRow.UsualBytes);
    }

    public CustomerCommit Commit { get; }

    public Task<CommitResult> Done => _done.Task;

    public Guid Id => Commit.After.Id;

    public bool IsNew => Commit.Before.Version == 0;

    public bool ProfileChanged => !ReferenceEquals(Commit.Before.Profile, Commit.After.Profile);

    /// <summary>What the service computes about a customer; never changed by an edit of the
    /// profile alone, but for a reward.</summary>
    public bool StandingChanged
    {
        get
        {
            var (before, after) = (Commit.Before, Commit.After);
            if (!ReferenceEquals(before.Standing, after.Standing)) return true;
            var (old, now) = (before.Profile, after.Profile);
            return !ReferenceEquals(old, now)
                && (old.TotalOrders != now.TotalOrders
                    || old.TotalSpend != now.TotalSpend
                    || old.LastDeliveredAt != now.LastDeliveredAt
                    || old.Tier != now.Tier
                    || old.Segment != now.Segment
                    || old.IsVerified != now.IsVerified);
        }
    }

    public short Partition { get; }
    public string Events { get; }
    public byte[]? Personal { get; }
    public bool PhoneChanged { get; }
    public byte[]? Phone { get; }
    public byte[]? PhoneIndex { get; }
    public bool EmailChanged { get; }
    public byte[]? Email { get; }
    public byte[]? EmailIndex { get; }
    public bool DateOfBirthChanged { get; }
    public byte[]? DateOfBirth { get; }
    public WrappedKey WrappedKey { get; }
    public byte[]? Reply { get; }
    public AddressRow[] Addresses { get; }
    public MediaAsset[] Media { get; }
    public ContactRows? Contacts { get; }
    public OrderRow[] Orders { get; }
    public BarRow? Bar { get; }
    public MergeRows? Merges { get; }
    public PrivacyRow? Privacy { get; }
    public int Size { get; }

    public void Complete(CommitResult result) => _done.TrySetResult(result);

    public void Fail(Exception exception) => _done.TrySetException(exception);

    /// <summary>The same commit, to be sent again.</summary>
    public CommitRow Again(KeyRing keys) => new(Commit, keys);
}
