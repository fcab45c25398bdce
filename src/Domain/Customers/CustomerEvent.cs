using System.Collections.Immutable;

namespace CustomerGrains.Domain.Customers;

/// <summary>Everything that can have happened to a customer. Stored in the journal: add events
/// and members, never rename or reuse. Members marked <see cref="PersonalAttribute"/> are stored
/// sealed.</summary>
public abstract record CustomerEvent
{
    private CustomerEvent()
    {
    }

    public sealed record SignedUp(ContactChannel Channel, [property: Personal] string Contact)
        : CustomerEvent;

    public sealed record GuestCreated : CustomerEvent;

    /// <summary>Contacts of an imported customer are not proved.</summary>
    public sealed record Imported(
        [property: Personal] string? Name,
        [property: Personal] string? Phone,
        [property: Personal] string? Email,
        [property: Personal] DateOnly? DateOfBirth) : CustomerEvent;

    public sealed record SignedIn : CustomerEvent;

    /// <summary>A contact that was only known, from an import, was shown to be the
    /// customer's.</summary>
    public sealed record ContactProved(ContactChannel Channel) : CustomerEvent;

    public sealed record NameChanged(
        [property: Personal] string? Old, [property: Personal] string? New) : CustomerEvent;

    public sealed record GenderChanged(
        [property: Personal] Gender? Old, [property: Personal] Gender? New) : CustomerEvent;

    public sealed record DateOfBirthChanged(
        [property: Personal] DateOnly? Old, [property: Personal] DateOnly? New) : CustomerEvent;

    public sealed record PreferredLanguageChanged(string Old, string New) : CustomerEvent;

    public sealed record AvatarChanged(Guid? Old, Guid? New) : CustomerEvent;

    public sealed record NotificationPreferencesChanged(
        NotificationPreferences Old, NotificationPreferences New) : CustomerEvent;

    public sealed record AddressAdded(
        Guid AddressId, [property: Personal] AddressDetails Details) : CustomerEvent;

    public sealed record AddressChanged(
        Guid AddressId,
        [property: Personal] AddressDetails Old,
        [property: Personal] AddressDetails New) : CustomerEvent;

    public sealed record AddressRemoved(
        Guid AddressId, [property: Personal] AddressDetails Details) : CustomerEvent;

    /// <summary>New is null when the last address went. Chosen says that the customer asked for
    /// it, which counts as a use of the address; otherwise it came about by itself.</summary>
    public sealed record DefaultAddressChanged(Guid? Old, Guid? New, bool Chosen) : CustomerEvent;

    public sealed record MediaAdded(Guid MediaId, string ContentType, long Bytes) : CustomerEvent;

    /// <summary>A code went to the new contact. Takes the place of a change that was pending on
    /// the channel.</summary>
    public sealed record ContactChangeRequested(
        Guid ChangeId,
        ContactChannel Channel,
        [property: Personal] string NewValue,
        DateTimeOffset ExpiresAt,
        [property: Secret] SecretHash? Code = null,
        [property: Secret] SecretHash? Cancel = null) : CustomerEvent;

    /// <summary>Another code went to the new contact; the former one is void.</summary>
    public sealed record ContactCodeResent(
        Guid ChangeId,
        ContactChannel Channel,
        DateTimeOffset ExpiresAt,
        [property: Secret] SecretHash? Code = null) : CustomerEvent;

    /// <summary>A wrong code was shown.</summary>
    public sealed record ContactCodeFailed(Guid ChangeId, ContactChannel Channel) : CustomerEvent;

    /// <summary>ByOldContact: with the token that was sent to it; else by the customer.</summary>
    public sealed record ContactChangeCancelled(
        Guid ChangeId, ContactChannel Channel, bool ByOldContact) : CustomerEvent;

    /// <summary>The new contact was proved. UndoUntil is null when there was no old one.</summary>
    public sealed record ContactChanged(
        Guid ChangeId,
        ContactChannel Channel,
        [property: Personal] string? Old,
        [property: Personal] string New,
        DateTimeOffset? UndoUntil,
        [property: Secret] SecretHash? Undo = null) : CustomerEvent;

    /// <summary>A guest proved a contact.</summary>
    public sealed record GuestPromoted : CustomerEvent;

    /// <summary>The old contact undid a change. All tokens of the customer are void.</summary>
    public sealed record ContactRestored(
        ContactChannel Channel,
        [property: Personal] string? Old,
        [property: Personal] string New) : CustomerEvent;

    /// <summary>Old is the status before, like in the following ones.</summary>
    public sealed record Blocked(
        AccountStatus Old,
        BarScope Scope,
        [property: Internal] string ReasonCode,
        [property: Personal, Internal] string? Comment,
        [property: Personal] string? PublicReason,
        [property: Internal] Guid By) : CustomerEvent;

    /// <summary>Until is null when only an administrator ends it.</summary>
    public sealed record Suspended(
        AccountStatus Old,
        BarScope Scope,
        [property: Internal] string ReasonCode,
        [property: Personal, Internal] string? Comment,
        [property: Personal] string? PublicReason,
        DateTimeOffset? Until,
        [property: Internal] Guid By) : CustomerEvent;

    /// <summary>An administrator lifted the bar.</summary>
    public sealed record Unblocked(
        AccountStatus Old,
        AccountStatus New,
        [property: Personal, Internal] string? Comment,
        [property: Internal] Guid By) : CustomerEvent;

    /// <summary>The time of a suspension was up.</summary>
    public sealed record SuspensionEnded(AccountStatus Old, AccountStatus New) : CustomerEvent;

    public sealed record OrderPlaced(
        Guid OrderId,
        Guid BranchId,
        Guid? AddressId,
        CategoryNames Categories,
        decimal Total,
        DateTimeOffset PlacedAt,
        [property: Internal] string Fingerprint,
        [property: Personal] CustomerSnapshot Snapshot) : CustomerEvent;

    /// <summary>Every step but the delivery.</summary>
    public sealed record OrderProgressed(Guid OrderId, OrderStatus Old, OrderStatus New)
        : CustomerEvent;

    public sealed record OrderDelivered(Guid OrderId, decimal Total) : CustomerEvent;

    public sealed record RiderAssigned(
        Guid OrderId, [property: Internal] Guid? Old, [property: Internal] Guid New)
        : CustomerEvent;

    public sealed record ContactAcknowledged(Guid OrderId, int ContactVersion) : CustomerEvent;

    public sealed record TierChanged(CustomerTier Old, CustomerTier New, int RuleVersion)
        : CustomerEvent;

    /// <summary>Once for each code.</summary>
    public sealed record RewardGranted(string Code, int RuleVersion) : CustomerEvent;

    /// <summary>Granted to whoever was merged into this customer.</summary>
    public sealed record RewardCarriedOver(string Code, DateTimeOffset GrantedAt) : CustomerEvent;

    /// <summary>An administrator has seen who the customer is, or no longer believes it.</summary>
    public sealed record VerificationChanged(
        bool Old,
        bool New,
        [property: Personal, Internal] string? Evidence,
        [property: Personal, Internal] string? Comment,
        [property: Internal] Guid By) : CustomerEvent;

    /// <summary>See <see cref="SegmentRules"/>.</summary>
    public sealed record SegmentChanged(string Old, string New, int RuleVersion) : CustomerEvent;

    /// <summary>An order was refused because the customer is too young; the first of a day.
    /// </summary>
    public sealed record UnderageOrderRefused(Guid OrderId) : CustomerEvent;

    public sealed record RiskScored(int Old, int New, int RuleVersion) : CustomerEvent;

    /// <summary>The customer wants to be forgotten.</summary>
    /// <param name="RunsAt">Not before.</param>
    public sealed record ErasureRequested(DateTimeOffset RunsAt) : CustomerEvent;

    /// <summary>ByOldContact: because it undid a change, and so the wish may have been a
    /// thief's; else by the customer.</summary>
    public sealed record ErasureCancelled(DateTimeOffset RunsAt, bool ByOldContact) : CustomerEvent;

    /// <summary>Nothing is left of the person. The last event of a customer.</summary>
    public sealed record Erased(ErasureCause Cause) : CustomerEvent;

    /// <summary>A copy of everything is being made.</summary>
    public sealed record ExportRequested(Guid ExportId) : CustomerEvent;

    /// <summary>An app told of its use. Equal when all items are.</summary>
    public sealed record ActivityRecorded(ImmutableArray<ActivityItem> Items) : CustomerEvent
    {
        public bool Equals(ActivityRecorded? other) =>
            other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

        public override int GetHashCode() => Items.Length;
    }

    /// <summary>The redundant side of a merge stands still. Its contacts are kept for it.</summary>
    public sealed record MergeFrozen(
        Guid MergeId, Guid SurvivorId, [property: Personal] string? Reason) : CustomerEvent;

    /// <summary>The merge was given up; everything is as before.</summary>
    public sealed record MergeThawed(Guid MergeId, Guid SurvivorId) : CustomerEvent;

    /// <summary>The id answers for the survivor. All tokens are void, the addresses gone.
    /// </summary>
    public sealed record MergedAway(Guid MergeId, Guid SurvivorId) : CustomerEvent;

    /// <summary>An undone merge's redundant lives again.</summary>
    public sealed record MergeRevived(Guid MergeId, Guid SurvivorId) : CustomerEvent;

    /// <summary>Sums, ended orders and signs of risk came from the redundant; its living addresses
    /// follow as events of their own. Spend and Risks are what was added; null: no sign.</summary>
    public sealed record CustomerAbsorbed(
        Guid MergeId,
        Guid RedundantId,
        int Orders,
        decimal Spend,
        Guid? DefaultAddressId,
        [property: Personal] string? Reason,
        DateTimeOffset? LastDeliveredAt = null,
        [property: Internal] RiskCounts? Risks = null,
        [property: Internal] DateOnly? UnderageOrderOn = null) : CustomerEvent;

    /// <summary>An address came with a merge or its undo.</summary>
    public sealed record AddressMovedIn(
        Guid MergeId,
        Guid AddressId,
        [property: Personal] AddressDetails Details,
        DateTimeOffset CreatedAt,
        DateTimeOffset UpdatedAt,
        DateTimeOffset? LastUsedAt) : CustomerEvent;

    /// <summary>An address went back to whom it came from.</summary>
    public sealed record AddressMovedOut(
        Guid MergeId, Guid AddressId, [property: Personal] AddressDetails Details) : CustomerEvent;

    /// <summary>A contact of the redundant became the survivor's.</summary>
    public sealed record ContactAdopted(
        Guid MergeId, ContactChannel Channel, [property: Personal] string Contact, bool IsProved)
        : CustomerEvent;

    /// <summary>The survivor has everything. From now on the time to undo runs.</summary>
    public sealed record MergeCompleted(Guid MergeId, Guid RedundantId) : CustomerEvent;

    /// <summary>The merge was undone: sums and signs of risk went down again, the orders placed
    /// before went back. Risks: what was taken off, the merge itself included. IsTemporary: the
    /// survivor is a guest again.</summary>
    public sealed record MergeUndone(
        Guid MergeId,
        Guid RedundantId,
        int Orders,
        decimal Spend,
        bool IsTemporary,
        [property: Personal] string? Reason,
        [property: Internal] RiskCounts? Risks = null) : CustomerEvent;

    /// <summary>An adopted contact went back to the redundant.</summary>
    public sealed record ContactGivenBack(
        Guid MergeId, ContactChannel Channel, [property: Personal] string Contact) : CustomerEvent;

    /// <summary>A wrong code was shown to link an account.</summary>
    public sealed record LinkCodeFailed(Guid LinkId, ContactChannel Channel) : CustomerEvent;
}
