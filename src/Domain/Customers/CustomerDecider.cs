using System.Collections.Immutable;
using static CustomerGrains.Domain.Customers.CustomerCommand;
using static CustomerGrains.Domain.Customers.CustomerEvent;

namespace CustomerGrains.Domain.Customers;

/// <summary>The rules of a customer: guards in order of precedence, then the facts.</summary>
public static partial class CustomerDecider
{
    /// <summary>Deciding changes nothing; the same three arguments always give the same
    /// decision.</summary>
    /// <param name="now">The command's time, UTC, whole milliseconds.</param>
    public static Decision Decide(
        this Customer customer, CustomerCommand command, DateTimeOffset now) =>
        WithConsequences(customer, command, DecideOn(customer, command, now), now);

    private static Decision DecideOn(
        Customer customer, CustomerCommand command, DateTimeOffset now) =>
        MergeRules.HoldsBack(customer, command) ? Merging : command switch
        {
            SignUp c => BeBorn(customer, new SignedUp(c.Channel, c.Contact)),
            CreateGuest => BeBorn(customer, new GuestCreated()),
            Import c => Import(customer, c),
            CustomerCommand.SignIn c => SignIn(customer, c, now),
            EditProfile c => EditProfile(customer, c),
            AddAddress c => AddAddress(customer, c),
            EditAddress c => EditAddress(customer, c),
            RemoveAddress c => RemoveAddress(customer, c),
            SetDefaultAddress c => SetDefaultAddress(customer, c),
            AddMedia c => AddMedia(customer, c),
            RecordActivity c => RecordActivity(customer, c),
            RequestContactChange c => RequestContactChange(customer, c, now),
            ResendContactChange c => ResendContactChange(customer, c, now),
            VerifyContactChange c => VerifyContactChange(customer, c, now),
            CancelContactChange c => CancelContactChange(customer, c, now),
            UndoContactChange c => UndoContactChange(customer, c, now),
            ImposeBar c => ImposeBar(customer, c),
            LiftBar c => LiftBar(customer, c),
            CustomerCommand.EndSuspension => EndSuspension(customer, now),
            CustomerCommand.Verify c => Verify(customer, c),
            CustomerCommand.Review c => Review(customer, c, now),
            PlaceOrder c => PlaceOrder(customer, c, now),
            ProgressOrder c => ProgressOrder(customer, c),
            CustomerCommand.RequestErasure c => RequestErasure(customer, c, now),
            CustomerCommand.CancelErasure c => CancelErasure(customer, c),
            Erase => EraseIfDue(customer, now),
            ForgetIdleGuest c => ForgetIdleGuest(customer, c, now),
            RequestExport c => RequestExport(customer, c, now),
            AcknowledgeContact c => AcknowledgeContact(customer, c, now),
            CustomerCommand.FreezeForMerge c => Freeze(customer, c, now),
            CustomerCommand.ThawFromMerge c => Thaw(customer, c),
            CustomerCommand.AbsorbCustomer c => Absorb(customer, c, now),
            CustomerCommand.MergeAway c => MergeAway(customer, c),
            CustomerCommand.AdoptContacts c => Adopt(customer, c),
            CustomerCommand.GiveBack c => GiveBack(customer, c, now),
            CustomerCommand.Revive c => Revive(customer, c),
            CustomerCommand.CountLinkFailure c => CountLinkFailure(customer, c, now),
            _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
        };

    private static Decision BeBorn(Customer customer, CustomerEvent birth) =>
        customer.Version > 0
            ? Decision.Refuse(Refusal.CustomerExists)
            : Decision.Record(birth);

    private static Decision Import(Customer customer, Import command)
    {
        if (customer.Version > 0) return Decision.Refuse(Refusal.CustomerExists);
        if (command.Addresses.Length > Limits.AddressesPerCustomerMax)
            return Decision.Refuse(Refusal.AddressLimit);
        if (Flaws(command) is { IsEmpty: false } flaws) return Decision.Refuse(flaws);

        var events = ImmutableArray.CreateBuilder<CustomerEvent>();
        events.Add(new Imported(command.Name, command.Phone, command.Email, command.DateOfBirth));
        foreach (var address in command.Addresses)
            events.Add(new AddressAdded(address.Id, address.Details));
        if (!command.Addresses.IsEmpty)
            events.Add(new DefaultAddressChanged(null, command.Addresses[0].Id, Chosen: false));
        return Decision.Record(events.DrainToImmutable());
    }

    private static ImmutableArray<InvalidMember> Flaws(Import command) =>
    [
        .. command.Addresses.SelectMany((address, i) => AddressEdit.Flaws(address.Details)
            .Select(flaw => new InvalidMember($"addresses[{i}].{flaw.Member}", flaw.Message))),
    ];

    private static Decision SignIn(
        Customer customer, CustomerCommand.SignIn command, DateTimeOffset now)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerUnknown);
        if (customer.BarToAll(now) is { } bar) return Decision.Refuse(bar);
        var (present, isProved) = command.Channel == ContactChannel.Phone
            ? (customer.Phone, customer.PhoneVerified)
            : (customer.Email, customer.EmailVerified);

        return present == command.Contact && !isProved
            ? Decision.Record(new ContactProved(command.Channel), new SignedIn())
            : Decision.Record(new SignedIn());
    }

    private static Decision EditProfile(Customer customer, EditProfile command)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerUnknown);
        if (IsStale(customer, command)) return Decision.Refuse(Refusal.VersionMismatch);
        var avatar = command.AvatarMediaId.Over(customer.Profile.AvatarMediaId);
        if (command.AvatarMediaId.IsSet && avatar is { } id && !customer.Media.Any(m => m.Id == id))
            return Decision.Refuse(Refusal.MediaUnknown);
        if (PreferencesAfter(customer, command).Members.Length > Limits.PreferenceKeysMax)
        {
            return Decision.Refuse([new InvalidMember(
                "notification_preferences", $"Must have at most {Limits.PreferenceKeysMax} keys.")]);
        }

        return Decision.Record(Differences(customer, command));
    }

    private static ImmutableArray<CustomerEvent> Differences(Customer customer, EditProfile command)
    {
        var profile = customer.Profile;
        var name = command.Name.Over(customer.Name);
        var gender = command.Gender.Over(profile.Gender);
        var born = command.DateOfBirth.Over(profile.DateOfBirth);
        var language = command.PreferredLanguage.Over(profile.PreferredLanguage);
        var avatar = command.AvatarMediaId.Over(profile.AvatarMediaId);
        var preferences = PreferencesAfter(customer, command);

        var events = ImmutableArray.CreateBuilder<CustomerEvent>();
        if (name != customer.Name) events.Add(new NameChanged(customer.Name, name));
        if (gender != profile.Gender) events.Add(new GenderChanged(profile.Gender, gender));
        if (born != profile.DateOfBirth)
            events.Add(new DateOfBirthChanged(profile.DateOfBirth, born));
        if (language != profile.PreferredLanguage)
            events.Add(new PreferredLanguageChanged(profile.PreferredLanguage, language));
        if (avatar != profile.AvatarMediaId)
            events.Add(new AvatarChanged(profile.AvatarMediaId, avatar));
        if (!preferences.Equals(profile.Preferences))
            events.Add(new NotificationPreferencesChanged(profile.Preferences, preferences));
        return events.DrainToImmutable();
    }

    private static NotificationPreferences PreferencesAfter(Customer customer, EditProfile command)
    {
        var current = customer.Profile.Preferences;
        if (!command.Preferences.IsSet) return current;
        return command.Preferences.Over(null) is { } changes
            ? current.Merge(changes)
            : NotificationPreferences.Default;
    }

    private static Decision AddMedia(Customer customer, AddMedia command)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerUnknown);
        if (customer.Media.Any(m => m.Id == command.MediaId)) return Decision.Nothing;
        if (IsStale(customer, command)) return Decision.Refuse(Refusal.VersionMismatch);
        if (customer.Media.Length >= Limits.MediaPerCustomerMax)
            return Decision.Refuse(Refusal.MediaLimit);

        return Decision.Record(
            new MediaAdded(command.MediaId, command.ContentType, command.Bytes));
    }

    private static Decision RecordActivity(Customer customer, RecordActivity command)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerUnknown);
        if (IsStale(customer, command)) return Decision.Refuse(Refusal.VersionMismatch);

        return Decision.Record(new ActivityRecorded(command.Items));
    }

    private static bool IsStale(Customer customer, CustomerCommand command) =>
        command.ExpectedVersion is { } expected && expected != customer.Version;
}
