using System.Collections.Immutable;
using static CustomerGrains.Domain.Customers.CustomerEvent;

namespace CustomerGrains.Domain.Customers;

/// <summary>Each event as a list of changes, for whoever may read a customer's history.</summary>
/// <remarks>Personal members may be missing from an event that is old: once a person's data key is
/// destroyed, what is left of the history still reads.</remarks>
public static partial class CustomerHistory
{
    /// <summary>Of a value that was there and is not shown.</summary>
    private const string Hidden = "***";

    /// <exception cref="InvalidOperationException">An event this version does not know.</exception>
    public static ImmutableArray<HistoryChange> ChangesOf(CustomerEvent happened) =>
        happened switch
        {
            SignedUp e => Changed(FieldOf(e.Channel), null, Masked(e.Channel, e.Contact)),
            GuestCreated => [],
            Imported e => Of(e),
            SignedIn => [],
            ContactProved e => [new(VerifiedOf(e.Channel), false, true)],
            NameChanged e => Changed("name", e.Old, e.New),
            GenderChanged e => Changed("gender", e.Old, e.New),
            DateOfBirthChanged e => Changed("date_of_birth", Hide(e.Old), Hide(e.New)),
            PreferredLanguageChanged e => Changed("preferred_language", e.Old, e.New),
            AvatarChanged e => Changed("avatar_media_id", e.Old, e.New),
            NotificationPreferencesChanged e =>
                [new("notification_preferences", e.Old, e.New)],
            AddressAdded e => Of(e.AddressId, isNew: true, null, e.Details),
            AddressChanged e => Of(e.AddressId, isNew: false, e.Old, e.New),
            AddressRemoved e => [new("address_id", e.AddressId, null)],
            DefaultAddressChanged e => Changed("is_default", e.Old, e.New),
            MediaAdded e =>
                [new("content_type", null, e.ContentType), new("bytes", null, e.Bytes)],
            ContactChangeRequested e =>
                Changed("pending_changes", null, Masked(e.Channel, e.NewValue)),
            ActivityRecorded => [],
            ContactCodeResent or ContactCodeFailed or ContactChangeCancelled => [],
            ContactChanged e => Changed(
                FieldOf(e.Channel), Masked(e.Channel, e.Old), Masked(e.Channel, e.New)),
            GuestPromoted =>
                [new("account_status", AccountStatus.Temporary, AccountStatus.Active)],
            ContactRestored e => Changed(
                FieldOf(e.Channel), Masked(e.Channel, e.Old), Masked(e.Channel, e.New)),
            OrderPlaced e => OfOrder(
                e.OrderId, new("status", null, OrderStatus.Placed), new("total", null, e.Total)),
            OrderProgressed e => OfOrder(e.OrderId, new HistoryChange("status", e.Old, e.New)),
            // Only an order that was picked up can be delivered.
            OrderDelivered e => OfOrder(
                e.OrderId,
                new("status", OrderStatus.PickedUp, OrderStatus.Delivered),
                new("total", null, e.Total)),
            RiderAssigned e => OfOrder(e.OrderId, new HistoryChange("rider_id", e.Old, e.New)),
            ContactAcknowledged e => OfOrder(
                e.OrderId, new HistoryChange("contact_version", null, e.ContactVersion)),
            ErasureRequested e => Changed("runs_at", null, e.RunsAt),
            ErasureCancelled e => Changed("runs_at", e.RunsAt, null),
            Erased => [],
            ExportRequested e => Changed("export_id", null, e.ExportId),
            MergeFrozen or MergeThawed or MergedAway or MergeRevived or CustomerAbsorbed
                or AddressMovedIn or AddressMovedOut or ContactAdopted or MergeCompleted
                or MergeUndone or ContactGivenBack => OfMerge(happened),
            LinkCodeFailed => [],
            TierChanged e =>
                [new("customer_tier", e.Old, e.New), new("rule_version", null, e.RuleVersion)],
            Blocked e => OfBar(e.Old, AccountStatus.Blocked, e.Scope, until: null),
            Suspended e => OfBar(e.Old, AccountStatus.Suspended, e.Scope, e.Until),
            Unblocked e => Changed("account_status", e.Old, e.New),
            SuspensionEnded e => Changed("account_status", e.Old, e.New),
            RewardGranted e => [new("rewards", null, e.Code)],
            RewardCarriedOver e => [new("rewards", null, e.Code)],
            VerificationChanged e => [new("is_verified", e.Old, e.New)],
            SegmentChanged e =>
                [new("customer_segment", e.Old, e.New), new("rule_version", null, e.RuleVersion)],
            UnderageOrderRefused e => [new("order_id", e.OrderId, e.OrderId)],
            RiskScored e =>
                [new("risk", e.Old, e.New), new("rule_version", null, e.RuleVersion)],
            _ => throw new InvalidOperationException($"Unknown event {happened.GetType().Name}."),
        };

    /// <summary>Whether the customer is not shown it: how risk is seen is staff's business.
    /// </summary>
    public static bool IsForStaff(CustomerEvent happened) =>
        happened is RiskScored or UnderageOrderRefused;

    /// <summary>Why somebody acted, as far as the customer may know: administrators see more.
    /// </summary>
    public static string? PublicReasonOf(CustomerEvent happened) => happened switch
    {
        Blocked e => e.PublicReason,
        Suspended e => e.PublicReason,
        _ => null,
    };

    /// <summary>Why somebody acted, for administrators.</summary>
    public static string? ReasonOf(CustomerEvent happened) => happened switch
    {
        Blocked e => e.Comment ?? e.ReasonCode,
        Suspended e => e.Comment ?? e.ReasonCode,
        Unblocked e => e.Comment,
        MergeFrozen e => e.Reason,
        CustomerAbsorbed e => e.Reason,
        MergeUndone e => e.Reason,
        VerificationChanged { Evidence: { } evidence, Comment: { } comment } =>
            $"{evidence}\n{comment}",
        VerificationChanged e => e.Evidence ?? e.Comment,
        _ => null,
    };

    private static ImmutableArray<HistoryChange> OfBar(
        AccountStatus old, AccountStatus now, BarScope scope, DateTimeOffset? until) =>
    [
        new("account_status", old, now),
        new("scope", null, scope),
        .. Changed("until", null, until),
    ];

    private static ImmutableArray<HistoryChange> Of(Imported e) =>
    [
        .. Changed("name", null, e.Name),
        .. Changed("phone", null, Masked(ContactChannel.Phone, e.Phone)),
        .. Changed("email", null, Masked(ContactChannel.Email, e.Email)),
        .. Changed("date_of_birth", null, Hide(e.DateOfBirth)),
    ];

    private static ImmutableArray<HistoryChange> OfOrder(
        Guid order, params ReadOnlySpan<HistoryChange> changes) =>
        [new("order_id", order, order), .. changes];

    /// <summary>Nothing when both are missing.</summary>
    private static ImmutableArray<HistoryChange> Changed(string field, object? old, object? now) =>
        old is null && now is null ? [] : [new HistoryChange(field, old, now)];

    private static string FieldOf(ContactChannel channel) =>
        channel == ContactChannel.Phone ? "phone" : "email";

    private static string VerifiedOf(ContactChannel channel) =>
        channel == ContactChannel.Phone ? "phone_verified" : "email_verified";

    private static string? Masked(ContactChannel channel, string? contact) =>
        contact is null ? null : ContactMask.Of(channel, contact);

    private static string? Hide(object? value) => value is null ? null : Hidden;
}
