using CustomerGrains.Domain.Customers;
using Shouldly;
using Xunit;
using static CustomerGrains.Domain.Customers.CustomerEvent;
using static CustomerGrains.Domain.Tests.Customers.Samples;

namespace CustomerGrains.Domain.Tests.Customers;

/// <summary>What people see of each event.</summary>
public sealed class HistoryTests
{
    private const string One = "0199f000-0000-7000-8000-000000000001";
    private const string Two = "0199f000-0000-7000-8000-000000000002";

    private static readonly AddressDetails Full = Home with
    {
        Line2 = "c/o Ann", Latitude = 38.7167m, Longitude = -9.1333m,
    };

    public static TheoryData<CustomerEvent, string> Seen => new()
    {
        { new SignedUp(ContactChannel.Phone, "+4915112345678"), "phone: - > +49***78" },
        { new GuestCreated(), "" },
        {
            new Imported("Ann", "+4915112345678", "ann@example.org", new DateOnly(1990, 1, 2)),
            "name: - > Ann, phone: - > +49***78, email: - > a***@example.org, date_of_birth: - > ***"
        },
        { new Imported(null, null, null, null), "" },
        { new SignedIn(), "" },
        { new ContactProved(ContactChannel.Email), "email_verified: False > True" },
        { new NameChanged("Ann", "Zoë"), "name: Ann > Zoë" },
        { new NameChanged("Ann", null), "name: Ann > -" },
        { new GenderChanged(null, Gender.Other), "gender: - > Other" },
        { new DateOfBirthChanged(null, new DateOnly(1990, 1, 2)), "date_of_birth: - > ***" },
        { new PreferredLanguageChanged("en", "de"), "preferred_language: en > de" },
        { new AvatarChanged(Id(1), Id(2)), $"avatar_media_id: {One} > {Two}" },
        {
            new AddressAdded(Id(1), Full),
            $"address_id: - > {One}, label: - > Home, line1: - > ***, line2: - > ***, "
            + "city: - > Lisbon, postal_code: - > 1000-001, country: - > PT, latitude: - > ***, "
            + "longitude: - > ***"
        },
        {
            new AddressChanged(Id(1), Full, Full with { Line1 = "2 Main Street", City = "Porto" }),
            $"address_id: {One} > {One}, line1: *** > ***, city: Lisbon > Porto"
        },
        {
            new AddressChanged(Id(1), Full, Full with { Line2 = null, Latitude = 1m }),
            $"address_id: {One} > {One}, line2: *** > -, latitude: *** > ***"
        },
        { new AddressRemoved(Id(1), Full), $"address_id: {One} > -" },
        { new DefaultAddressChanged(Id(1), Id(2), Chosen: true), $"is_default: {One} > {Two}" },
        { new MediaAdded(Id(1), "image/png", 7), "content_type: - > image/png, bytes: - > 7" },
        {
            new ContactChangeRequested(Id(1), ContactChannel.Email, "zoe@example.org", Scenario.Start),
            "pending_changes: - > z***@example.org"
        },
        { new ContactCodeResent(Id(1), ContactChannel.Phone, Scenario.Start), "" },
        { new ContactCodeFailed(Id(1), ContactChannel.Phone), "" },
        { new ContactChangeCancelled(Id(1), ContactChannel.Phone, ByOldContact: false), "" },
        {
            new ContactChanged(
                Id(1), ContactChannel.Phone, "+4915112345678", "+4915112345699", Scenario.Start),
            "phone: +49***78 > +49***99"
        },
        { new GuestPromoted(), "account_status: Temporary > Active" },
        {
            new ContactRestored(ContactChannel.Phone, "+4915112345699", "+4915112345678"),
            "phone: +49***99 > +49***78"
        },
        {
            new OrderPlaced(Id(1), Id(2), null, CategoryNames.None, 20m, Scenario.Start, "0f",
                new CustomerSnapshot { Name = "Ann", Phone = "+4915112345678" }),
            $"order_id: {One} > {One}, status: - > Placed, total: - > 20"
        },
        {
            new OrderProgressed(Id(1), OrderStatus.Accepted, OrderStatus.PickedUp),
            $"order_id: {One} > {One}, status: Accepted > PickedUp"
        },
        {
            new OrderDelivered(Id(1), 20.5m),
            $"order_id: {One} > {One}, status: PickedUp > Delivered, total: - > 20.5"
        },
        { new RiderAssigned(Id(1), null, Id(2)), $"order_id: {One} > {One}, rider_id: - > {Two}" },
        { new ContactAcknowledged(Id(1), 2), $"order_id: {One} > {One}, contact_version: - > 2" },
        { new ActivityRecorded([new(ActivityKind.CartAbandoned, "s", Scenario.Start)]), "" },
        {
            new ErasureRequested(Scenario.Start),
            $"runs_at: - > {Scenario.Start}"
        },
        {
            new ErasureCancelled(Scenario.Start, ByOldContact: true),
            $"runs_at: {Scenario.Start} > -"
        },
        { new Erased(ErasureCause.Requested), "" },
        { new ExportRequested(Id(1)), $"export_id: - > {One}" },
        { new MergeFrozen(Id(1), Id(2), "x"), $"survivor_id: - > {Two}" },
        { new MergeThawed(Id(1), Id(2)), $"survivor_id: {Two} > -" },
        { new MergedAway(Id(1), Id(2)), $"merged_into: - > {Two}" },
        { new MergeRevived(Id(1), Id(2)), $"merged_into: {Two} > -" },
        {
            new CustomerAbsorbed(Id(1), Id(2), 3, 4.5m, null, "x"),
            $"redundant_id: - > {Two}, total_orders_count: - > 3, total_spend: - > 4.5"
        },
        {
            new AddressMovedIn(Id(2), Id(1), Home, Scenario.Start, Scenario.Start, null),
            $"address_id: - > {One}, label: - > Home, line1: - > ***, city: - > Lisbon, "
            + "postal_code: - > 1000-001, country: - > PT"
        },
        { new AddressMovedOut(Id(2), Id(1), Home), $"address_id: {One} > -" },
        {
            new ContactAdopted(Id(1), ContactChannel.Email, "zoe@example.org", true),
            "email: - > z***@example.org"
        },
        { new MergeCompleted(Id(1), Id(2)), $"redundant_id: {Two} > {Two}" },
        {
            new MergeUndone(Id(1), Id(2), 3, 4.5m, false, "x"),
            $"redundant_id: {Two} > -, total_orders_count: 3 > -, total_spend: 4.5 > -"
        },
        {
            new ContactGivenBack(Id(1), ContactChannel.Phone, "+4915112345678"),
            "phone: +49***78 > -"
        },
        { new LinkCodeFailed(Id(1), ContactChannel.Phone), "" },
        {
            new VerificationChanged(false, true, "Passport 4711", "Seen.", Id(9)),
            "is_verified: False > True"
        },
        { new RewardGranted("profile-complete", 2), "rewards: - > profile-complete" },
        {
            new RewardCarriedOver("profile-complete", Scenario.Start),
            "rewards: - > profile-complete"
        },
        {
            new SegmentChanged("new", "lost", 1),
            "customer_segment: new > lost, rule_version: - > 1"
        },
        { new UnderageOrderRefused(Id(1)), $"order_id: {One} > {One}" },
        { new RiskScored(4, 29, 3), "risk: 4 > 29, rule_version: - > 3" },
        {
            new TierChanged(CustomerTier.New, CustomerTier.Vip, 1),
            "customer_tier: New > Vip, rule_version: - > 1"
        },
    };

    [Theory]
    [MemberData(nameof(Seen))]
    public void Event_IsSeenWithWhatIsPersonalMasked(CustomerEvent happened, string seen) =>
        Show(happened).ShouldBe(seen);

    [Fact]
    public void Preferences_AreSeenAsAWhole()
    {
        var now = NotificationPreferences.From([new("sms", false)]);

        CustomerHistory.ChangesOf(
                new NotificationPreferencesChanged(NotificationPreferences.Default, now))
            .ShouldHaveSingleItem().ShouldBe(new HistoryChange(
                "notification_preferences", NotificationPreferences.Default, now));
    }

    /// <summary>Also with every personal member gone, as after an erasure.</summary>
    [Fact]
    public void EveryEvent_HasChangesOrNone()
    {
        foreach (var type in FamilyTests.CasesOf(typeof(CustomerEvent)))
        {
            var happened = (CustomerEvent)FamilyTests.Blank(type);
            if (happened is NotificationPreferencesChanged) continue;
            Should.NotThrow(() => CustomerHistory.ChangesOf(happened), type.Name);
        }
    }

    private static string Show(CustomerEvent happened) => string.Join(", ",
        CustomerHistory.ChangesOf(happened).Select(c => $"{c.Field}: {c.Old ?? "-"} > {c.New ?? "-"}"));
}
