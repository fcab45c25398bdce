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

    public static string Name(this OrderStatus status) => status switch
    {
        OrderStatus.Placed => "placed",
        OrderStatus.Accepted => "accepted",
        OrderStatus.PickedUp => "picked_up",
        OrderStatus.Delivered => "delivered",
        OrderStatus.Cancelled => "cancelled",
        OrderStatus.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static string Name(this BarKind kind) => kind switch
    {
        BarKind.Blocked => "blocked",
        BarKind.Suspended => "suspended",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string Name(this BarScope scope) => scope switch
    {
        BarScope.All => "all",
        BarScope.Ordering => "ordering",
        _ => throw new ArgumentOutOfRangeException(nameof(scope)),
    };

    public static string Name(this RiskSign sign) => sign switch
    {
        RiskSign.OtpFailures => "otp-failures",
        RiskSign.ContactChanges => "contact-changes",
        RiskSign.ContactUndos => "contact-undos",
        RiskSign.CancelledOrders => "cancelled-orders",
        RiskSign.FailedOrders => "failed-orders",
        RiskSign.AddressChanges => "address-changes",
        RiskSign.Merges => "merges",
        RiskSign.UnderageOrders => "underage-orders",
        RiskSign.DeliveredOrders => "delivered-orders",
        _ => throw new ArgumentOutOfRangeException(nameof(sign)),
    };

    public static BarKind? ParseBarKind(string? name) => Parse<BarKind>(name, Name);

    public static BarScope? ParseBarScope(string? name) => Parse<BarScope>(name, Name);

    public static OrderStatus? ParseOrderStatus(string? name) => Parse<OrderStatus>(name, Name);

    public static AccountStatus? ParseAccountStatus(string? name) =>
        Parse<AccountStatus>(name, Name);

    public static CustomerTier? ParseCustomerTier(string? name) => Parse<CustomerTier>(name, Name);

    public static Gender? ParseGender(string? name) => Parse<Gender>(name, Name);

    internal static CustomerTier ParseTier(string name) =>
        Parse<CustomerTier>(name, Name) ?? throw Unknown(name);

    internal static RiskSign ParseRiskSign(string name) =>
        Parse<RiskSign>(name, Name) ?? throw Unknown(name);

    private static T? Parse<T>(string? name, Func<T, string> nameOf) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (nameOf(value) == name) return value;
        return null;
    }

    private static InvalidOperationException Unknown(string name) =>
        new($"The database holds the unknown word {name}.");
}
