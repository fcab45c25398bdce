namespace CustomerGrains.Domain.Customers;

/// <summary>A living address. Whether it is the default is known to the customer, not to it: two
/// defaults cannot be said.</summary>
public sealed record Address
{
    public required Guid Id { get; init; }
    public required AddressDetails Details { get; init; }
    /// <summary>When an order last went there or the customer last chose it as the
    /// default.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>What the customer says about an address.</summary>
public sealed record AddressDetails
{
    public const string DefaultLabel = "Home";

    public string Label { get; init; } = DefaultLabel;
    public string? Line1 { get; init; }
    public string? Line2 { get; init; }
    public string? City { get; init; }
    public string? State { get; init; }
    public string? PostalCode { get; init; }
    public required string Country { get; init; }

    /// <summary>Degrees, WGS 84, up to 8 decimals; null together with the longitude.</summary>
    public decimal? Latitude { get; init; }

    public decimal? Longitude { get; init; }

    /// <summary>A coordinate as it is kept and shown: rounded to
    /// <see cref="Limits.CoordinateDecimals"/> places, without trailing zeros.</summary>
    public static decimal Degrees(decimal value) =>
        // Dividing by a one with all 28 decimals gives the smallest scale that holds the value.
        decimal.Round(value, Limits.CoordinateDecimals) / 1.0000000000000000000000000000m;
}
