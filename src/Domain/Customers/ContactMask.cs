namespace CustomerGrains.Domain.Customers;

/// <summary>A contact as it is shown to somebody who knows it already.</summary>
public static class ContactMask
{
    /// <summary>Digits of a phone that stay readable at its end.</summary>
    private const int PhoneTail = 2;

    /// <summary>The plus and the first two digits.</summary>
    private const int PhoneHead = 3;

    private const string Hidden = "***";

    /// <summary>Like <c>+49***78</c> or <c>a***@example.com</c>; the length tells nothing.
    /// </summary>
    public static string Of(ContactChannel channel, string contact) => channel switch
    {
        ContactChannel.Phone when contact.Length > PhoneHead + PhoneTail =>
            contact[..PhoneHead] + Hidden + contact[^PhoneTail..],
        ContactChannel.Email when contact.IndexOf('@') is var at and > 0 =>
            FirstLetter(contact) + Hidden + contact[at..],
        _ => Hidden,
    };

    private static string FirstLetter(string text) =>
        char.IsSurrogatePair(text, 0) ? text[..2] : text[..1];
}
