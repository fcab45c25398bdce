using System.Collections.Immutable;
using System.Text;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Journal;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Journal;

[Trait("Section", "R12")]
public sealed class JournalCodecTests
{
    private static readonly Guid Id = new("0199f000-0000-7000-8000-000000000001");

    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset At = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly AddressDetails Home = new()
    {
        Line1 = "1 Main Street",
        City = "Lisbon",
        PostalCode = "1000-001",
        Country = "PT",
        Latitude = 38.7167m,
        Longitude = -9.1333m,
    };

    private static readonly DateOnly Day = new(2026, 1, 31);

    private static readonly RiskCounts Signs = RiskCounts.None
        .Plus(RiskSign.OtpFailures, 3)
        .Plus(RiskSign.Merges);

    /// <summary>What lies in databases. A line here is never changed, only added to.</summary>
    private static readonly (CustomerEvent Event, string Clear, string Personal)[] Golden =
    [
        (new CustomerEvent.SignedUp(ContactChannel.Phone, "+49"),
            """[{"kind":"signed_up","channel":"phone"}]""", """[{"contact":"+49"}]"""),
        (new CustomerEvent.GuestCreated(), """[{"kind":"guest_created"}]""", ""),
        (new CustomerEvent.Imported("Ann", "+49", "a@example.org", new DateOnly(1990, 1, 2)),
            """[{"kind":"imported"}]""",
            """[{"name":"Ann","phone":"+49","email":"a@example.org","date_of_birth":"1990-01-02"}]"""),
        (new CustomerEvent.SignedIn(), """[{"kind":"signed_in"}]""", ""),
        (new CustomerEvent.ContactProved(ContactChannel.Email),
            """[{"kind":"contact_proved","channel":"email"}]""", ""),
        (new CustomerEvent.NameChanged(null, "Zoë"),
            """[{"kind":"name_changed"}]""", """[{"new":"Zoë"}]"""),
        (new CustomerEvent.GenderChanged(Gender.Female, null),
            """[{"kind":"gender_changed"}]""", """[{"old":"female"}]"""),
        (new CustomerEvent.DateOfBirthChanged(null, new DateOnly(1988, 2, 29)),
            """[{"kind":"date_of_birth_changed"}]""", """[{"new":"1988-02-29"}]"""),
        (new CustomerEvent.PreferredLanguageChanged("en", "pt-BR"),
            """[{"kind":"preferred_language_changed","old":"en","new":"pt-BR"}]""", ""),
        (new CustomerEvent.AvatarChanged(null, Id),
            """[{"kind":"avatar_changed","new":"0199f000-0000-7000-8000-000000000001"}]""", ""),
        (new CustomerEvent.NotificationPreferencesChanged(
                NotificationPreferences.Default, NotificationPreferences.From([new("sms", false)])),
            """[{"kind":"notification_preferences_changed","old":{"email":true,"push":true,"sms":true},"new":{"sms":false}}]""",
            ""),
        (new CustomerEvent.AddressAdded(Id, Home),
            """[{"kind":"address_added","address_id":"0199f000-0000-7000-8000-000000000001"}]""",
            """[{"details":{"label":"Home","line1":"1 Main Street","city":"Lisbon","postal_code":"1000-001","country":"PT","latitude":38.7167,"longitude":-9.1333}}]"""),
        (new CustomerEvent.AddressChanged(Id, Home with { Latitude = null, Longitude = null, PostalCode = null }, Home with { Label = "x", Latitude = null, Longitude = null, Line1 = null, City = null }),
            """[{"kind":"address_changed","address_id":"0199f000-0000-7000-8000-000000000001"}]""",
            """[{"old":{"label":"Home","line1":"1 Main Street","city":"Lisbon","country":"PT"},"new":{"label":"x","postal_code":"1000-001","country":"PT"}}]"""),
        (new CustomerEvent.AddressRemoved(Id, new AddressDetails { Country = "PT" }),
            """[{"kind":"address_removed","address_id":"0199f000-0000-7000-8000-000000000001"}]""",
            """[{"details":{"label":"Home","country":"PT"}}]"""),
        (new CustomerEvent.DefaultAddressChanged(Id, null, Chosen: false),
            """[{"kind":"default_address_changed","old":"0199f000-0000-7000-8000-000000000001","chosen":false}]""", ""),
        (new CustomerEvent.MediaAdded(Id, "image/png", 7),
            """[{"kind":"media_added","media_id":"0199f000-0000-7000-8000-000000000001","content_type":"image/png","bytes":7}]""",
            ""),
        (new CustomerEvent.ContactChangeRequested(Id, ContactChannel.Phone, "+49", Noon),
            """[{"kind":"contact_change_requested","change_id":"0199f000-0000-7000-8000-000000000001","channel":"phone","expires_at":"2026-11-23T12:00:00+00:00"}]""",
            """[{"new_value":"+49"}]"""),
        (new CustomerEvent.ContactCodeResent(Id, ContactChannel.Email, Noon),
            """[{"kind":"contact_code_resent","change_id":"0199f000-0000-7000-8000-000000000001","channel":"email","expires_at":"2026-11-23T12:00:00+00:00"}]""",
            ""),
        (new CustomerEvent.ContactCodeFailed(Id, ContactChannel.Phone),
            """[{"kind":"contact_code_failed","change_id":"0199f000-0000-7000-8000-000000000001","channel":"phone"}]""",
            ""),
        (new CustomerEvent.ContactChangeCancelled(Id, ContactChannel.Phone, ByOldContact: true),
            """[{"kind":"contact_change_cancelled","change_id":"0199f000-0000-7000-8000-000000000001","channel":"phone","by_old_contact":true}]""",
            ""),
        (new CustomerEvent.ContactChanged(Id, ContactChannel.Phone, "+48", "+49", Noon),
            """[{"kind":"contact_changed","change_id":"0199f000-0000-7000-8000-000000000001","channel":"phone","undo_until":"2026-11-23T12:00:00+00:00"}]""",
            """[{"old":"+48","new":"+49"}]"""),
        (new CustomerEvent.GuestPromoted(), """[{"kind":"guest_promoted"}]""", ""),
        (new CustomerEvent.ContactRestored(ContactChannel.Email, "b@example.org", "a@example.org"),
            """[{"kind":"contact_restored","channel":"email"}]""",
            """[{"old":"b@example.org","new":"a@example.org"}]"""),
        (new CustomerEvent.OrderPlaced(Id, Id, null, CategoryNames.From(["b", "a"]), 20.00m, At, "0f",
                new CustomerSnapshot { Name = "Zoë", Phone = "+49", Address = new() { Country = "PT" }, TakenAt = At }),
            """[{"kind":"order_placed","order_id":"0199f000-0000-7000-8000-000000000001","branch_id":"0199f000-0000-7000-8000-000000000001","categories":["a","b"],"total":20.00,"placed_at":"2026-01-31T12:00:00+00:00","fingerprint":"0f"}]""",
            """[{"snapshot":{"name":"Zoë","phone":"+49","address":{"label":"Home","country":"PT"},"taken_at":"2026-01-31T12:00:00+00:00"}}]"""),
        (new CustomerEvent.OrderProgressed(Id, OrderStatus.Accepted, OrderStatus.PickedUp),
            """[{"kind":"order_progressed","order_id":"0199f000-0000-7000-8000-000000000001","old":"accepted","new":"picked_up"}]""", ""),
        (new CustomerEvent.OrderDelivered(Id, 20.50m),
            """[{"kind":"order_delivered","order_id":"0199f000-0000-7000-8000-000000000001","total":20.50}]""", ""),
        (new CustomerEvent.RiderAssigned(Id, null, Id),
            """[{"kind":"rider_assigned","order_id":"0199f000-0000-7000-8000-000000000001","new":"0199f000-0000-7000-8000-000000000001"}]""", ""),
        (new CustomerEvent.ContactAcknowledged(Id, 2),
            """[{"kind":"contact_acknowledged","order_id":"0199f000-0000-7000-8000-000000000001","contact_version":2}]""", ""),
        (new CustomerEvent.TierChanged(CustomerTier.New, CustomerTier.Regular, 1),
            """[{"kind":"tier_changed","old":"new","new":"regular","rule_version":1}]""", ""),
        (new CustomerEvent.ActivityRecorded([new(ActivityKind.SessionStarted, "s-1", At), new(ActivityKind.CartAbandoned, "\"", At)]),
            """[{"kind":"activity_recorded","items":[{"kind":"session_started","session_id":"s-1","at":"2026-01-31T12:00:00+00:00"},{"kind":"cart_abandoned","session_id":"\"","at":"2026-01-31T12:00:00+00:00"}]}]""", ""),
        (new CustomerEvent.ErasureRequested(Noon),
            """[{"kind":"erasure_requested","runs_at":"2026-11-23T12:00:00+00:00"}]""", ""),
        (new CustomerEvent.ErasureCancelled(Noon, ByOldContact: true),
            """[{"kind":"erasure_cancelled","runs_at":"2026-11-23T12:00:00+00:00","by_old_contact":true}]""", ""),
        (new CustomerEvent.Erased(ErasureCause.IdleGuest),
            """[{"kind":"erased","cause":"idle_guest"}]""", ""),
        (new CustomerEvent.ExportRequested(Id),
            """[{"kind":"export_requested","export_id":"0199f000-0000-7000-8000-000000000001"}]""", ""),
        (new CustomerEvent.Blocked(AccountStatus.Temporary, BarScope.All, "abuse", "Rude.", "Be kind.", Id),
            """[{"kind":"blocked","old":"temporary","scope":"all","reason_code":"abuse","by":"0199f000-0000-7000-8000-000000000001"}]""",
            """[{"comment":"Rude.","public_reason":"Be kind."}]"""),
        (new CustomerEvent.Suspended(AccountStatus.Active, BarScope.Ordering, "abuse", null, "Be kind.", Noon, Id),
            """[{"kind":"suspended","old":"active","scope":"ordering","reason_code":"abuse","until":"2026-11-23T12:00:00+00:00","by":"0199f000-0000-7000-8000-000000000001"}]""",
            """[{"public_reason":"Be kind."}]"""),
        (new CustomerEvent.Unblocked(AccountStatus.Blocked, AccountStatus.Active, "Settled.", Id),
            """[{"kind":"unblocked","old":"blocked","new":"active","by":"0199f000-0000-7000-8000-000000000001"}]""",
            """[{"comment":"Settled."}]"""),
        (new CustomerEvent.SuspensionEnded(AccountStatus.Suspended, AccountStatus.Temporary),
            """[{"kind":"suspension_ended","old":"suspended","new":"temporary"}]""", ""),
        (new CustomerEvent.MergeFrozen(Id, Id, "One person."),
            """[{"kind":"merge_frozen","merge_id":"0199f000-0000-7000-8000-000000000001","survivor_id":"0199f000-0000-7000-8000-000000000001"}]""",
            """[{"reason":"One person."}]"""),
        (new CustomerEvent.MergeThawed(Id, Id),
            """[{"kind":"merge_thawed","merge_id":"0199f000-0000-7000-8000-000000000001","survivor_id":"0199f000-0000-7000-8000-000000000001"}]""", ""),
        (new CustomerEvent.MergedAway(Id, Id),
            """[{"kind":"merged_away","merge_id":"0199f000-0000-7000-8000-000000000001","survivor_id":"0199f000-0000-7000-8000-000000000001"}]""", ""),
        (new CustomerEvent.MergeRevived(Id, Id),
            """[{"kind":"merge_revived","merge_id":"0199f000-0000-7000-8000-000000000001","survivor_id":"0199f000-0000-7000-8000-000000000001"}]""", ""),
        (new CustomerEvent.CustomerAbsorbed(Id, Id, 3, 4.50m, Id, "One person."),
            """[{"kind":"customer_absorbed","merge_id":"0199f000-0000-7000-8000-000000000001","redundant_id":"0199f000-0000-7000-8000-000000000001","orders":3,"spend":4.50,"default_address_id":"0199f000-0000-7000-8000-000000000001"}]""",
            """[{"reason":"One person."}]"""),
        (new CustomerEvent.CustomerAbsorbed(Id, Id, 0, 0m, null, null, null, Signs, Day),
            """[{"kind":"customer_absorbed","merge_id":"0199f000-0000-7000-8000-000000000001","redundant_id":"0199f000-0000-7000-8000-000000000001","orders":0,"spend":0,"risks":{"otp-failures":3,"merges":1},"underage_order_on":"2026-01-31"}]""",
            """[{}]"""),
        (new CustomerEvent.AddressMovedIn(Id, Id, Home, At, At, Noon),
            """[{"kind":"address_moved_in","merge_id":"0199f000-0000-7000-8000-000000000001","address_id":"0199f000-0000-7000-8000-000000000001","created_at":"2026-01-31T12:00:00+00:00","updated_at":"2026-01-31T12:00:00+00:00","last_used_at":"2026-11-23T12:00:00+00:00"}]""",
            """[{"details":{"label":"Home","line1":"1 Main Street","city":"Lisbon","postal_code":"1000-001","country":"PT","latitude":38.7167,"longitude":-9.1333}}]"""),
        (new CustomerEvent.AddressMovedOut(Id, Id, new AddressDetails { Country = "PT" }),
            """[{"kind":"address_moved_out","merge_id":"0199f000-0000-7000-8000-000000000001","address_id":"0199f000-0000-7000-8000-000000000001"}]""",
            """[{"details":{"label":"Home","country":"PT"}}]"""),
        (new CustomerEvent.ContactAdopted(Id, ContactChannel.Email, "a@example.org", true),
            """[{"kind":"contact_adopted","merge_id":"0199f000-0000-7000-8000-000000000001","channel":"email","is_proved":true}]""",
            """[{"contact":"a@example.org"}]"""),
        (new CustomerEvent.MergeCompleted(Id, Id),
            """[{"kind":"merge_completed","merge_id":"0199f000-0000-7000-8000-000000000001","redundant_id":"0199f000-0000-7000-8000-000000000001"}]""", ""),
        (new CustomerEvent.MergeUndone(Id, Id, 3, 4.50m, false, "A mistake."),
            """[{"kind":"merge_undone","merge_id":"0199f000-0000-7000-8000-000000000001","redundant_id":"0199f000-0000-7000-8000-000000000001","orders":3,"spend":4.50,"is_temporary":false}]""",
            """[{"reason":"A mistake."}]"""),
        (new CustomerEvent.MergeUndone(Id, Id, 0, 0m, false, null, Signs),
            """[{"kind":"merge_undone","merge_id":"0199f000-0000-7000-8000-000000000001","redundant_id":"0199f000-0000-7000-8000-000000000001","orders":0,"spend":0,"is_temporary":false,"risks":{"otp-failures":3,"merges":1}}]""",
            """[{}]"""),
        (new CustomerEvent.ContactGivenBack(Id, ContactChannel.Phone, "+49"),
            """[{"kind":"contact_given_back","merge_id":"0199f000-0000-7000-8000-000000000001","channel":"phone"}]""",
            """[{"contact":"+49"}]"""),
        (new CustomerEvent.LinkCodeFailed(Id, ContactChannel.Phone),
            """[{"kind":"link_code_failed","link_id":"0199f000-0000-7000-8000-000000000001","channel":"phone"}]""", ""),
        (new CustomerEvent.RewardGranted("profile-complete", 2),
            """[{"kind":"reward_granted","code":"profile-complete","rule_version":2}]""", ""),
        (new CustomerEvent.RewardCarriedOver("profile-complete", At),
            """[{"kind":"reward_carried_over","code":"profile-complete","granted_at":"2026-01-31T12:00:00+00:00"}]""", ""),
        (new CustomerEvent.VerificationChanged(false, true, "Passport", "Seen.", Id),
            """[{"kind":"verification_changed","old":false,"new":true,"by":"0199f000-0000-7000-8000-000000000001"}]""",
            """[{"evidence":"Passport","comment":"Seen."}]"""),
        (new CustomerEvent.SegmentChanged("promising", "at-risk", 1),
            """[{"kind":"segment_changed","old":"promising","new":"at-risk","rule_version":1}]""", ""),
        (new CustomerEvent.UnderageOrderRefused(Id),
            """[{"kind":"underage_order_refused","order_id":"0199f000-0000-7000-8000-000000000001"}]""", ""),
        (new CustomerEvent.RiskScored(0, 29, 1),
            """[{"kind":"risk_scored","old":0,"new":29,"rule_version":1}]""", ""),
    ];

    [Fact]
    public void Hashes_OfCodesAndTokens_AreNotWritten()
    {
        var hash = new SecretHash([.. Enumerable.Repeat((byte)77, 32)], 3);
        foreach (var happened in (CustomerEvent[])
        [
            new CustomerEvent.ContactChangeRequested(
                Id, ContactChannel.Phone, "+49", Noon, hash, hash),
            new CustomerEvent.ContactCodeResent(Id, ContactChannel.Phone, Noon, hash),
            new CustomerEvent.ContactChanged(Id, ContactChannel.Phone, "+48", "+49", Noon, hash),
        ])
        {
            var written = JournalCodec.WriteClear([happened])
                + Encoding.UTF8.GetString(JournalCodec.WritePersonal([happened]) ?? []);
            foreach (var trace in (string[])["77", "TU1N", "code", "cancel", "undo\"", "key_id"])
                written.Replace("contact_code_resent", "", StringComparison.Ordinal)
                    .ShouldNotContain(trace);
        }
    }

    [Fact]
    public void EveryKindOfEvent_IsWrittenAsItAlwaysWas_AndReadBack()
    {
        foreach (var (happened, clear, personal) in Golden)
        {
            ImmutableArray<CustomerEvent> events = [happened];
            JournalCodec.WriteClear(events).ShouldBe(clear);
            var secret = JournalCodec.WritePersonal(events);
            (secret is null ? "" : Encoding.UTF8.GetString(secret)).ShouldBe(personal);
            JournalCodec.Read(clear, secret).ShouldBe(events);
        }

        Scoreboard.Add("R12", ("golden_rows", Golden.Length), ("mismatches", 0));
    }

    [Fact]
    public void Golden_CoversEveryKind() => Golden.Select(g => g.Event.GetType()).Distinct()
        .ShouldBe(JournalKinds.ByType.Keys, ignoreOrder: true);

    [Fact]
    public void Kinds_CoverTheWholeFamily() => typeof(CustomerEvent).GetNestedTypes()
        .ShouldBe(JournalKinds.ByType.Keys, ignoreOrder: true);

    [Fact]
    public void SeveralEvents_KeepTheirPlaces()
    {
        ImmutableArray<CustomerEvent> events =
            [new CustomerEvent.SignedIn(), new CustomerEvent.NameChanged("a", "b"), new CustomerEvent.SignedIn()];
        JournalCodec.Read(JournalCodec.WriteClear(events), JournalCodec.WritePersonal(events))
            .ShouldBe(events);
    }

    [Fact]
    public void Partition_IsWhatItAlwaysWas()
    {
        JournalPartition.Of(Guid.Empty).ShouldBe((short)5);
        JournalPartition.Of(Id).ShouldBe((short)4);
        JournalPartition.Of(new Guid("ffffffff-ffff-ffff-ffff-ffffffffffff")).ShouldBe((short)21);
    }
}
