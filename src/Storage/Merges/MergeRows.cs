using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Contacts;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Storage.Merges;

/// <summary>What a commit writes about a merge beside the customer itself. Nearly always nothing.
/// </summary>
internal sealed class MergeRows
{
    private static readonly ContactChannel[] Channels =
        [ContactChannel.Phone, ContactChannel.Email];

    private readonly CustomerCommit _commit;
    private readonly KeyRing _keys;

    private MergeRows(CustomerCommit commit, KeyRing keys)
    {
        (_commit, _keys) = (commit, keys);
        foreach (var merge in commit.After.Merges)
        {
            if (!ReferenceEquals(commit.Before.FindMerge(merge.MergeId), merge))
                Written.Add(new(commit, merge));
        }

        foreach (var merge in commit.Before.Merges)
        {
            if (commit.After.FindMerge(merge.MergeId) is null)
                Forgotten.Add(new(commit, merge));
        }

        foreach (var happened in commit.Events) Add(happened);
    }

    public List<MergeRow> Written { get; } = [];

    public List<MergeRow> Forgotten { get; } = [];

    /// <summary>Absorbed by this commit.</summary>
    public Guid? Absorbed { get; private set; }

    public List<Guid> MovedIn { get; } = [];

    /// <summary>To whom this commit, an undo, gives back.</summary>
    public Guid? GivenBackTo { get; private set; }

    public List<ReturnedAddress> MovedOut { get; } = [];

    public Guid? BuriedIn { get; private set; }

    public Guid? RevivedFrom { get; private set; }

    public List<ReservationRow> Reserved { get; } = [];

    public List<ReservationRow> Released { get; } = [];

    public CustomerCommit Commit => _commit;

    /// <summary>Null when the commit is no step of a merge. An erasure is none: it has to find
    /// whom it takes along, and drops the rows itself.</summary>
    public static MergeRows? Of(CustomerCommit commit, KeyRing keys) =>
        commit.Before.Merges == commit.After.Merges || commit.After.IsErased
            ? null
            : new MergeRows(commit, keys);

    private void Add(CustomerEvent happened)
    {
        switch (happened)
        {
            case CustomerEvent.MergeFrozen:
                Reserved.AddRange(Contacts(_commit.At + Limits.MergeReservation));
                break;
            case CustomerEvent.MergeThawed:
                Released.AddRange(Contacts(_commit.At));
                break;
            case CustomerEvent.MergedAway e:
                BuriedIn = e.SurvivorId;
                Reserved.AddRange(Contacts(_commit.At + Limits.MergeReservation));
                break;
            case CustomerEvent.MergeRevived e:
                RevivedFrom = e.SurvivorId;
                Released.AddRange(Contacts(_commit.At));
                break;
            case CustomerEvent.CustomerAbsorbed e:
                Absorbed = e.RedundantId;
                break;
            case CustomerEvent.AddressMovedIn e when Absorbed is not null:
                MovedIn.Add(e.AddressId);
                break;
            case CustomerEvent.MergeUndone e:
                GivenBackTo = e.RedundantId;
                break;
            case CustomerEvent.AddressMovedOut e:
                MovedOut.Add(Returned(e));
                break;
        }
    }

    private ReturnedAddress Returned(CustomerEvent.AddressMovedOut e)
    {
        var key = _commit.RedundantKey
            ?? throw new InvalidOperationException("Addresses go back without the other's key.");
        var home = _commit.Before.FindMerge(e.MergeId)!.Came.DefaultAddressId;
        return new ReturnedAddress(
            e.AddressId,
            key.Seal(SealedColumn.AddressLine1, e.Details.Line1),
            key.Seal(SealedColumn.AddressLine2, e.Details.Line2),
            IsDefault: e.AddressId == home || (HasLeft(home, e.MergeId) && MovedOut.Count == 0));
    }

    /// <summary>The former default is no longer there to go back: the first that is takes its
    /// place.</summary>
    private bool HasLeft(Guid? home, Guid mergeId) => !_commit.Events.Any(other =>
        other is CustomerEvent.AddressMovedOut o && o.MergeId == mergeId && o.AddressId == home);

    private IEnumerable<ReservationRow> Contacts(DateTimeOffset until)
    {
        foreach (var channel in Channels)
        {
            if (_commit.After.ContactOn(channel) is { } contact)
                yield return ContactRows.Reservation(_commit, _keys, channel, contact, until);
        }
    }
}

internal sealed record MergeRow(CustomerCommit Commit, MergeRecord Merge);

internal sealed record ReturnedAddress(Guid Id, byte[]? Line1, byte[]? Line2, bool IsDefault);
