namespace CustomerGrains.Domain.Customers;

/// <summary>What a customer edits freely, and what the service computes about the customer.
/// </summary>
public sealed record Profile
{
    public const string DefaultLanguage = "en";
    public const string DefaultSegment = "general";

    public static readonly Profile Empty = new();

    public Gender? Gender { get; init; }
    public DateOnly? DateOfBirth { get; init; }

    /// <summary>BCP 47.</summary>
    public string PreferredLanguage { get; init; } = DefaultLanguage;

    public Guid? AvatarMediaId { get; init; }
    public NotificationPreferences Preferences { get; init; } = NotificationPreferences.Default;
    public int TotalOrders { get; init; }

    /// <summary>In the service's currency.</summary>
    public decimal TotalSpend { get; init; } = 0.00m;

    public DateTimeOffset? LastDeliveredAt { get; init; }

    public CustomerTier Tier { get; init; }
    public string Segment { get; init; } = DefaultSegment;
    public bool IsVerified { get; init; }

    /// <summary>Rounded to two places; 0 without orders. The database generates the same.</summary>
    public decimal AverageOrderValue => TotalOrders == 0
        ? 0.00m
        : decimal.Round(TotalSpend / TotalOrders, 2, MidpointRounding.AwayFromZero);
}
