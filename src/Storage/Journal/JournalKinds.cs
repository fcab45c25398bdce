using System.Collections.Frozen;
using System.Reflection;
using CustomerGrains.Domain;
using static CustomerGrains.Domain.Customers.CustomerEvent;

namespace CustomerGrains.Storage.Journal;

/// <summary>The stored name of each kind of event: add, never rename or reuse.</summary>
public static class JournalKinds
{
    public static readonly FrozenDictionary<Type, string> ByType = new Dictionary<Type, string>
    {
        [typeof(SignedUp)] = "signed_up",
        [typeof(GuestCreated)] = "guest_created",
        [typeof(Imported)] = "imported",
        [typeof(SignedIn)] = "signed_in",
        [typeof(ContactProved)] = "contact_proved",
        [typeof(NameChanged)] = "name_changed",
        [typeof(GenderChanged)] = "gender_changed",
        [typeof(DateOfBirthChanged)] = "date_of_birth_changed",
        [typeof(PreferredLanguageChanged)] = "preferred_language_changed",
        [typeof(AvatarChanged)] = "avatar_changed",
        [typeof(NotificationPreferencesChanged)] = "notification_preferences_changed",
        [typeof(AddressAdded)] = "address_added",
        [typeof(AddressChanged)] = "address_changed",
        [typeof(AddressRemoved)] = "address_removed",
        [typeof(DefaultAddressChanged)] = "default_address_changed",
        [typeof(MediaAdded)] = "media_added",
        [typeof(ContactChangeRequested)] = "contact_change_requested",
        [typeof(ContactCodeResent)] = "contact_code_resent",
        [typeof(ContactCodeFailed)] = "contact_code_failed",
        [typeof(ContactChangeCancelled)] = "contact_change_cancelled",
        [typeof(ContactChanged)] = "contact_changed",
        [typeof(GuestPromoted)] = "guest_promoted",
        [typeof(ContactRestored)] = "contact_restored",
        [typeof(OrderPlaced)] = "order_placed",
        [typeof(OrderProgressed)] = "order_progressed",
        [typeof(OrderDelivered)] = "order_delivered",
        [typeof(RiderAssigned)] = "rider_assigned",
        [typeof(ContactAcknowledged)] = "contact_acknowledged",
        [typeof(TierChanged)] = "tier_changed",
        [typeof(RewardGranted)] = "reward_granted",
        [typeof(RewardCarriedOver)] = "reward_carried_over",
        [typeof(VerificationChanged)] = "verification_changed",
        [typeof(SegmentChanged)] = "segment_changed",
        [typeof(UnderageOrderRefused)] = "underage_order_refused",
        [typeof(RiskScored)] = "risk_scored",
        [typeof(ActivityRecorded)] = "activity_recorded",
        [typeof(ErasureRequested)] = "erasure_requested",
        [typeof(ErasureCancelled)] = "erasure_cancelled",
        [typeof(Erased)] = "erased",
        [typeof(ExportRequested)] = "export_requested",
        [typeof(Blocked)] = "blocked",
        [typeof(Suspended)] = "suspended",
        [typeof(Unblocked)] = "unblocked",
        [typeof(SuspensionEnded)] = "suspension_ended",
        [typeof(MergeFrozen)] = "merge_frozen",
        [typeof(MergeThawed)] = "merge_thawed",
        [typeof(MergedAway)] = "merged_away",
        [typeof(MergeRevived)] = "merge_revived",
        [typeof(CustomerAbsorbed)] = "customer_absorbed",
        [typeof(AddressMovedIn)] = "address_moved_in",
        [typeof(AddressMovedOut)] = "address_moved_out",
        [typeof(ContactAdopted)] = "contact_adopted",
        [typeof(MergeCompleted)] = "merge_completed",
        [typeof(MergeUndone)] = "merge_undone",
        [typeof(ContactGivenBack)] = "contact_given_back",
        [typeof(LinkCodeFailed)] = "link_code_failed",
    }.ToFrozenDictionary();

    private static readonly FrozenSet<Type> WithPersonalMembers = ByType.Keys
        .Where(t => t.GetProperties().Any(p => p.IsDefined(typeof(PersonalAttribute))))
        .ToFrozenSet();

    internal static bool IsPersonal(Type kind) => WithPersonalMembers.Contains(kind);
}
