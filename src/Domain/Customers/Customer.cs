using System.Collections.Immutable;

namespace CustomerGrains.Domain.Customers;

/// <summary>A customer as of its last committed command. Immutable: readers share it.</summary>
public sealed record Customer
{
    public required Guid Id { get; init; }

    /// <summary>Commands committed so far; 0 before the first. The fence of every write.</summary>
    public long Version { get; init; }

    public string? Name { get; init; }

    /// <summary>E.164.</summary>
    public string? Phone { get; init; }

    /// <summary>Lower case.</summary>
    public string? Email { get; init; }

    public bool PhoneVerified { get; init; }
    public bool EmailVerified { get; init; }

    /// <summary>A guest: no contact was ever proved.</summary>
    public bool IsTemporary { get; init; }

    /// <summary>The last one that was not lifted; it may be over.</summary>
    public Bar? Bar { get; init; }

    public DateTimeOffset? LastLoginAt { get; init; }
    public DateTimeOffset? TokensValidAfter { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public Profile Profile { get; init; } = Profile.Empty;
    public Standing Standing { get; init; } = Standing.Fresh;

    /// <summary>Living ones, oldest first.</summary>
    public ImmutableArray<Address> Addresses { get; init; } = [];

    /// <summary>Of one of <see cref="Addresses"/>; null exactly when there are none.</summary>
    public Guid? DefaultAddressId { get; init; }

    /// <summary>Neither delivered, cancelled nor failed, oldest first.</summary>
    public ImmutableArray<ActiveOrder> ActiveOrders { get; init; } = [];

    public ImmutableArray<MediaAsset> Media { get; init; } = [];

    public ContactChanges PhoneChanges { get; init; } = ContactChanges.None;

    public ContactChanges EmailChanges { get; init; } = ContactChanges.None;

    /// <summary>Merges that are under way, and those that this customer survived. Oldest first.
    /// </summary>
    public ImmutableArray<MergeRecord> Merges { get; init; } = [];

    /// <summary>The survivor in whom this customer lives on; null when it lives by itself.
    /// </summary>
    public Guid? MergedInto { get; init; }

    public bool Lives => Version > 0 && MergedInto is null && !IsErased;

    /// <summary>Nothing may be done with it: it is about to become part of another.</summary>
    public bool IsFrozen
    {
        get
        {
            foreach (var merge in Merges)
                if (merge.Stage == MergeStage.Frozen) return true;
            return false;
        }
    }

    public MergeRecord? FindMerge(Guid id)
    {
        foreach (var merge in Merges)
            if (merge.MergeId == id) return merge;
        return null;
    }

    /// <summary>Asked for and not cancelled; null when it is not.</summary>
    public Erasure? Erasure { get; init; }

    /// <summary>Nothing is left of the person; orders and money are.</summary>
    public bool IsErased => Erasure is { IsDone: true };

    public static Customer Unborn(Guid id) => new() { Id = id };

    public Address? FindAddress(Guid id)
    {
        foreach (var address in Addresses)
            if (address.Id == id) return address;
        return null;
    }

    public string? ContactOn(ContactChannel channel) =>
        channel == ContactChannel.Phone ? Phone : Email;

    public ContactChanges ChangesOn(ContactChannel channel) =>
        channel == ContactChannel.Phone ? PhoneChanges : EmailChanges;

    /// <summary>The channel on which a change is pending; null when it is not.</summary>
    public ContactChannel? ChannelOfPending(Guid changeId)
    {
        if (PhoneChanges.Pending?.Id == changeId) return ContactChannel.Phone;
        return EmailChanges.Pending?.Id == changeId ? ContactChannel.Email : null;
    }

    public ActiveOrder? FindOrder(Guid id)
    {
        foreach (var order in ActiveOrders)
            if (order.Id == id) return order;
        return null;
    }

    /// <summary>With a bar, whatever its scope, the bar's; lifting it gives the other back.
    /// </summary>
    public AccountStatus Status => StatusWith(Bar);

    /// <summary>The status that counts: a bar that is over bars nobody.</summary>
    public AccountStatus StatusAt(DateTimeOffset now) => StatusWith(BarToOrder(now));

    /// <summary>What keeps the customer from ordering; null when nothing does.</summary>
    public Bar? BarToOrder(DateTimeOffset now) => Bar is { } bar && !bar.IsOver(now) ? bar : null;

    /// <summary>What keeps the customer from everything; null when nothing does.</summary>
    public Bar? BarToAll(DateTimeOffset now) =>
        BarToOrder(now) is { Scope: BarScope.All } bar ? bar : null;

    /// <summary>Whether a token may speak for this customer at all; asked before anything
    /// else.</summary>
    /// <returns>CustomerUnknown, TokenRevoked, AccountBlocked, AccountSuspended, AccountMerging,
    /// or null.</returns>
    public Refusal? RefusalOf(DateTimeOffset tokenIssuedAt, DateTimeOffset now)
    {
        if (!Lives) return Refusal.CustomerUnknown;
        if (tokenIssuedAt < TokensValidAfter) return Refusal.TokenRevoked;
        return BarToAll(now)?.Refusal ?? (IsFrozen ? Refusal.AccountMerging : null);
    }

    private AccountStatus StatusWith(Bar? bar) => bar switch
    {
        { Kind: BarKind.Blocked } => AccountStatus.Blocked,
        { Kind: BarKind.Suspended } => AccountStatus.Suspended,
        _ => IsTemporary ? AccountStatus.Temporary : AccountStatus.Active,
    };
}
