using CustomerGrains.Storage.SignIn;
using ContactChannel = CustomerGrains.Domain.Customers.ContactChannel;

namespace CustomerGrains.Grains.Contacts;

/// <summary>Turns what a person typed into the one form in which a contact is stored, compared and
/// written to.</summary>
public static class ContactParser
{
    /// <param name="channel"><c>phone</c> or <c>email</c>.</param>
    /// <param name="member">The API's name of the member that holds the contact.</param>
    public static ParsedContact Parse(string? channel, string? contact, string member)
    {
        if (SignInWords.ParseChannel(channel) is not { } known)
            return ParsedContact.Invalid("channel", "Must be \"phone\" or \"email\".");
        if (string.IsNullOrEmpty(contact)) return ParsedContact.Invalid(member, "Is required.");

        return known switch
        {
            ContactChannel.Phone => PhoneParser.Parse(contact) is { } phone
                ? ParsedContact.Valid(known, phone)
                : ParsedContact.Invalid(member, PhoneParser.Rule),
            ContactChannel.Email => EmailParser.Parse(contact) is { } email
                ? ParsedContact.Valid(known, email)
                : ParsedContact.Invalid(member, EmailParser.Rule),
            _ => throw new ArgumentOutOfRangeException(nameof(channel)),
        };
    }
}
