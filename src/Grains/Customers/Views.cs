using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.SignIn;
using ContactChannel = CustomerGrains.Domain.Customers.ContactChannel;

namespace CustomerGrains.Grains.Customers;

/// <summary>Renders a customer as the API's JSON.</summary>
internal static class Views
{
    private static readonly ViewJson Json = ViewJson.Default;

    /// <summary>When the first pending change leaves the profile or a suspension ends; null when
    /// there is neither. From the end of a suspension on, and after a change has expired, the
    /// profile is another.</summary>
    public static DateTimeOffset? EndOfProfile(Customer customer, DateTimeOffset now) =>
        Pending(customer, now).Select(p => (DateTimeOffset?)p.Change.ExpiresAt)
            .Append(customer.BarToOrder(now)?.Until?.AddTicks(-1))
            .Min();

    public static byte[] Profile(Customer customer, CustomerRules rules, DateTimeOffset now) =>
        Render(Json.ProfileView, View(customer, rules, now));

    /// <summary>For administrators: with all living addresses.</summary>
    public static byte[] Staff(Customer customer, CustomerRules rules, DateTimeOffset now) => Render(
        Json.StaffCustomerView,
        new StaffCustomerView(
            View(customer, rules, now), [.. customer.Addresses.Select(a => View(customer, a))])
        {
            Risk = Risk(customer, rules.Risk),
            Bars = customer.Bar is { } bar && !bar.IsOver(now) ? [View(bar)] : [],
        });

    /// <summary>Under the rules of today, whatever was recorded under earlier ones.</summary>
    private static RiskView Risk(Customer customer, RiskRules rules) => new(
        rules.ScoreOf(customer),
        rules.Version,
        [
            .. rules.ReasonsOf(customer).Select(
                reason => new RiskReasonView(reason.Sign.Name(), reason.Points, reason.Count)),
        ]);

    public static byte[] Verification(Customer customer) => Render(
        Json.VerificationView, new VerificationView(customer.Profile.IsVerified));

    private static StandingBarView View(Bar bar) => new(
        bar.Kind.Name(), bar.Scope.Name(), bar.ReasonCode, bar.Comment, bar.PublicReason,
        bar.Until?.UtcDateTime, bar.By);

    public static byte[] Activity() => Render(Json.ActivityView, new ActivityView());

    private static ProfileView View(
        Customer customer, CustomerRules rules, DateTimeOffset now)
    {
        var profile = customer.Profile;
        var completion = rules.Completion.Of(customer);
        return new ProfileView
        {
            Id = customer.Id,
            Version = customer.Version,
            Name = customer.Name,
            Phone = customer.Phone,
            Email = customer.Email,
            Gender = profile.Gender?.Name(),
            DateOfBirth = profile.DateOfBirth,
            PreferredLanguage = profile.PreferredLanguage,
            AvatarMediaId = profile.AvatarMediaId,
            NotificationPreferences = profile.Preferences.ByKey,
            AccountStatus = customer.StatusAt(now).Name(),
            IsTemporary = customer.IsTemporary,
            IsVerified = profile.IsVerified,
            PhoneVerified = customer.PhoneVerified,
            EmailVerified = customer.EmailVerified,
            CustomerTier = profile.Tier.Name(),
            CustomerSegment = profile.Segment,
            ProfileCompletionPercentage = completion.Percentage,
            ProfileMissing = completion.Missing,
            Rewards =
            [
                .. customer.Standing.Rewards.Select(
                    r => new RewardView(r.Code, r.GrantedAt.UtcDateTime)),
            ],
            TotalOrdersCount = profile.TotalOrders,
            TotalSpend = Money(profile.TotalSpend),
            AverageOrderValue = Money(profile.AverageOrderValue),
            PendingChanges = [.. Pending(customer, now).Select(p => View(p.Channel, p.Change))],
            CreatedAt = customer.CreatedAt.UtcDateTime,
            UpdatedAt = customer.UpdatedAt.UtcDateTime,
            LastLoginAt = customer.LastLoginAt?.UtcDateTime,
        };
    }

    public static byte[] Address(Customer customer, Guid addressId) =>
        Render(Json.AddressView, View(customer, customer.FindAddress(addressId)!));

    /// <summary>All living addresses.</summary>
    public static byte[] Addresses(Customer customer) => Render(
        Json.AddressList,
        new AddressList([.. customer.Addresses.Select(a => View(customer, a))], NextCursor: null));

    /// <summary>One page, oldest first; null when the cursor is not one of this list.</summary>
    public static byte[]? Addresses(Customer customer, PageRequest page)
    {
        if (!AddressCursor.TryParse(page.Cursor, out var after)) return null;
        var rest = customer.Addresses.Where(a => after.IsBefore(a)).ToList();
        var items = rest.Take(page.Limit).Select(a => View(customer, a));
        var next = rest.Count > page.Limit ? AddressCursor.At(rest[page.Limit - 1]) : null;
        return Render(Json.AddressList, new AddressList([.. items], next));
    }

    public static byte[] Media(Customer customer, Guid mediaId)
    {
        var media = customer.Media.First(m => m.Id == mediaId);
        return Render(
            Json.MediaView,
            new MediaView(media.Id, media.ContentType, media.Bytes, media.CreatedAt.UtcDateTime));
    }

    /// <param name="roomAt">When the destination may get another code.</param>
    public static byte[] Change(
        Customer customer, Guid changeId, DateTimeOffset roomAt, DateTimeOffset now)
    {
        var channel = customer.ChannelOfPending(changeId)!.Value;
        var changes = customer.ChangesOn(channel);
        var cooledAt = changes.NextSendAt(now);
        return Render(Json.ContactChangeView, new ContactChangeView(
            changeId,
            channel.Name(),
            changes.Pending!.ExpiresAt.UtcDateTime,
            (cooledAt > roomAt ? cooledAt : roomAt).UtcDateTime,
            changes.AttemptsLeft(now)));
    }

    /// <summary>What a token did that has done its work.</summary>
    public static byte[] Undo(Customer customer, SecretHash token)
    {
        var channel = customer.PhoneChanges.Spent?.Token?.Matches(token) == true
            ? ContactChannel.Phone
            : ContactChannel.Email;
        var spent = customer.ChangesOn(channel).Spent!;
        return Render(
            Json.ContactUndoView,
            new ContactUndoView(channel.Name(), spent.Undid ? "undone" : "cancelled"));
    }

    public static byte[] Bar(Customer customer, DateTimeOffset now)
    {
        var bar = customer.BarToOrder(now);
        return Render(Json.BarView, new BarView(
            customer.StatusAt(now).Name(),
            bar?.Kind.Name(),
            bar?.Scope.Name(),
            bar?.Until?.UtcDateTime));
    }

    private static IEnumerable<(ContactChannel Channel, PendingChange Change)> Pending(
        Customer customer, DateTimeOffset now)
    {
        if (customer.PhoneChanges.Pending is { } phone && !phone.IsExpired(now))
            yield return (ContactChannel.Phone, phone);
        if (customer.EmailChanges.Pending is { } email && !email.IsExpired(now))
            yield return (ContactChannel.Email, email);
    }

    private static PendingChangeView View(ContactChannel channel, PendingChange change) => new(
        change.Id,
        channel.Name(),
        ContactMask.Of(channel, change.NewValue),
        change.ExpiresAt.UtcDateTime);

    private static AddressView View(Customer customer, Address address)
    {
        var details = address.Details;
        return new AddressView
        {
            Id = address.Id,
            Label = details.Label,
            Line1 = details.Line1,
            Line2 = details.Line2,
            City = details.City,
            State = details.State,
            PostalCode = details.PostalCode,
            Country = details.Country,
            Latitude = details.Latitude,
            Longitude = details.Longitude,
            IsDefault = address.Id == customer.DefaultAddressId,
            CreatedAt = address.CreatedAt.UtcDateTime,
            UpdatedAt = address.UpdatedAt.UtcDateTime,
        };
    }

    private static string Money(decimal amount) =>
        amount.ToString("0.00", CultureInfo.InvariantCulture);

    private static byte[] Render<T>(JsonTypeInfo<T> type, T view) =>
        // With the context's own options, the generated code writes without looking at metadata.
        JsonBuffer.Write((view, type), static (writer, what) =>
            JsonSerializer.Serialize(writer, what.view, what.type));
}
