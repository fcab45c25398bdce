using System.Collections.Immutable;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Customers;
using Gender = CustomerGrains.Domain.Customers.Gender;

namespace CustomerGrains.Grains.Customers;

/// <summary>A contract record as a domain command, or what is wrong with it.</summary>
internal readonly record struct Parsed(
    CustomerCommand? Command, ImmutableArray<InvalidMember> Errors = default)
{
    public static Parsed EditProfile(ProfileEdit edit, DateOnly today)
    {
        var v = new Validation();
        var command = new CustomerCommand.EditProfile
        {
            Name = edit.Name.Map(n => TextRules.Line(v, "name", n, Limits.NameLengthMax)),
            Gender = edit.Gender.Map(g => ParseGender(v, g)),
            DateOfBirth = edit.DateOfBirth.Map(
                d => TextRules.PastDate(v, "date_of_birth", d, today)),
            PreferredLanguage = edit.PreferredLanguage.Map(
                l => TextRules.Language(v, "preferred_language", l) ?? Profile.DefaultLanguage),
            AvatarMediaId = edit.AvatarMediaId.Map(id => ParseId(v, "avatar_media_id", id)),
            Preferences = edit.NotificationPreferences.IsPresent
                ? new(ParsePreferences(v, edit.NotificationPreferences.Value))
                : default,
        };
        return v.IsClean ? new(command) : new(null, v.Errors);
    }

    public static Parsed AddAddress(
        Guid id, GrainInterfaces.AddressEdit draft, CustomerOptions options)
    {
        var v = new Validation();
        var details = AddressParser.Parse(v, draft, options)
            .Over(new AddressDetails { Country = options.DefaultCountry });
        var command = new CustomerCommand.AddAddress(
            new NewAddress(id, details), draft.IsDefault.Value ?? false);
        return v.IsClean ? new(command) : new(null, v.Errors);
    }

    public static Parsed EditAddress(
        Guid id,
        GrainInterfaces.AddressEdit edit,
        bool confirmsActiveOrder,
        CustomerOptions options)
    {
        var v = new Validation();
        var command = new CustomerCommand.EditAddress(id, AddressParser.Parse(v, edit, options))
        {
            ConfirmsActiveOrder = confirmsActiveOrder,
        };
        return v.IsClean ? new(command) : new(null, v.Errors);
    }

    public static Parsed AddMedia(Guid id, MediaDraft draft)
    {
        var v = new Validation();
        if (draft.ContentType is null || !TextRules.IsMediaType(draft.ContentType))
            v.Refuse("content_type", "Required: a media type such as image/png.");
        else if (!draft.ContentType.StartsWith("image/", StringComparison.Ordinal))
            v.Refuse("content_type", "An avatar is an image.");
        if (draft.Bytes is not (>= 1 and <= Limits.MediaBytesMax))
            v.Refuse("bytes", $"Required: a whole number from 1 to {Limits.MediaBytesMax}.");
        return v.IsClean
            ? new(new CustomerCommand.AddMedia(id, draft.ContentType!, draft.Bytes!.Value))
            : new(null, v.Errors);
    }

    public static Parsed SignUp(ProvedContact? contact) => new(contact is null
        ? new CustomerCommand.CreateGuest()
        : new CustomerCommand.SignUp(
            (Domain.Customers.ContactChannel)contact.Channel, contact.Value));

    public static Parsed SignIn(ProvedContact contact) => new(new CustomerCommand.SignIn(
        (Domain.Customers.ContactChannel)contact.Channel, contact.Value));

    private static Gender? ParseGender(Validation v, string? name)
    {
        if (name is null) return null;
        var gender = StoredWords.ParseGender(name);
        if (gender is null) v.Refuse("gender", "Must be male, female or other.");
        return gender;
    }

    private static Guid? ParseId(Validation v, string member, string? text)
    {
        if (text is null) return null;
        if (Guid.TryParseExact(text, "D", out var id)) return id;
        v.Refuse(member, "Must be a UUID.");
        return null;
    }

    private static ImmutableArray<KeyValuePair<string, bool?>>? ParsePreferences(
        Validation v, ImmutableArray<KeyValuePair<string, bool?>> changes)
    {
        if (changes.IsDefault) return null;
        if (changes.Any(c => !TextRules.IsPreferenceKey(c.Key)))
        {
            v.Refuse(
                "notification_preferences",
                $"Keys have 1 to {Limits.PreferenceKeyLengthMax} characters a-z, 0-9 and _ and start with a letter.");
        }

        return changes;
    }
}
