using CustomerGrains.Domain.Customers;
using CustomerGrains.Domain.SignIn;
using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Storage.SignIn;

/// <summary>The database's and the API's names; the schema's CHECKs repeat them.</summary>
public static class SignInWords
{
    public static string Name(this ContactChannel channel) => channel switch
    {
        ContactChannel.Phone => "phone",
        ContactChannel.Email => "email",
        _ => throw new ArgumentOutOfRangeException(nameof(channel)),
    };

    public static string Name(this CodePurpose purpose) => purpose switch
    {
        CodePurpose.SignIn => "sign_in",
        CodePurpose.ProfileUpdate => "profile_update",
        CodePurpose.AccountLink => "account_link",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };

    public static ContactChannel? ParseChannel(string? name) => name switch
    {
        "phone" => ContactChannel.Phone,
        "email" => ContactChannel.Email,
        _ => null,
    };

    internal static byte[] IndexOf(this KeyRing keys, Contact contact) =>
        keys.BlindIndex(
            contact.Channel == ContactChannel.Phone ? IndexedField.Phone : IndexedField.Email,
            contact.Value);
}
