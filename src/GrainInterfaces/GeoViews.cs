using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CustomerGrains.GrainInterfaces;

// The JSON the API answers with about where customers are. Add members, never rename or remove one;
// every member is always present.

public sealed record HeatMapView(ImmutableArray<HeatCellView> Items);

/// <param name="Latitude">Of the middle of the cell.</param>
/// <param name="Customers">Whose default address is there.</param>
public sealed record HeatCellView(
    string Geohash, decimal Latitude, decimal Longitude, int Customers);

/// <param name="NextCursor">Always null: the nearest ones are one answer.</param>
public sealed record NearAddressList(
    ImmutableArray<NearAddressView> Items, string? NextCursor);

public sealed record NearAddressView
{
    public required Guid AddressId { get; init; }
    public required Guid CustomerId { get; init; }
    public required string? Name { get; init; }
    public required string Label { get; init; }
    public required string? City { get; init; }
    public required string? PostalCode { get; init; }
    public required string Country { get; init; }
    public required decimal Latitude { get; init; }
    public required decimal Longitude { get; init; }

    /// <summary>Whole metres, as the crow flies.</summary>
    public required int DistanceM { get; init; }
}

/// <summary>Serialises these views as <see cref="ViewJson"/> does those of customers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HeatMapView))]
[JsonSerializable(typeof(NearAddressList))]
public sealed partial class GeoViewJson : JsonSerializerContext;
