namespace CustomerGrains.Domain.Customers;

/// <summary>Who ordered and where to, as it was when the order was placed. It never changes.
/// </summary>
public sealed record CustomerSnapshot
{
    public static readonly CustomerSnapshot Empty = new();

    public string? Name { get; init; }

    /// <summary>E.164.</summary>
    public string? Phone { get; init; }

    public string? Email { get; init; }

    /// <summary>Null for an order that is collected.</summary>
    public AddressDetails? Address { get; init; }

    public DateTimeOffset TakenAt { get; init; }
}

/// <summary>Whom to call about one order, when that is not the customer's own contact.</summary>
/// <param name="Phone">E.164.</param>
public sealed record OrderContact(string? Name, string Phone);
