using CustomerGrains.Domain.Customers;

namespace CustomerGrains.Storage.Customers;

/// <summary>The database's and the API's names of fixed words; the schema's CHECKs repeat
/// them.</summary>
public static class StoredWords
{
    public static string Name(this AccountStatus status) => status switch
    {
        AccountStatus.Active => "active",
        AccountStatus.Blocked => "blocked",
        AccountStatus.Suspended => "suspended",
        AccountStatus.Temporary => "temporary",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static string Name(this Gender gender) => gender switch
    {
        Gender.Male => "male",
        Gender.Female => "female",
        Gender.Other => "other",
        _ => throw new ArgumentOutOfRangeException(nameof(gender)),
    };

    public static string Name(this CustomerTier tier) => tier switch
    {
        CustomerTier.New => "new",
        CustomerTier.Regular => "regular",
        CustomerTier.Vip => "vip",
        CustomerTier.Premium => "premium",
        _ => throw new ArgumentOutOfRangeException(nameof(tier)),
    };

    public static Gender? ParseGender(string? name) => Parse<Gender>(name, Name);

    internal static AccountStatus ParseStatus(string name) =>
        Parse<AccountStatus>(name, Name) ?? throw Unknown(name);

    internal static CustomerTier ParseTier(string name) =>
        Parse<CustomerTier>(name, Name) ?? throw Unknown(name);

    private static T? Parse<T>(string? name, Func<T, string> nameOf) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (nameOf(value) == name) return value;
        return null;
    }

    private static InvalidOperationException Unknown(string name) =>
        new($"The database holds the unknown word {name}.");
}
