using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CustomerGrains.GrainInterfaces;

// The JSON the API answers searches with. Add members, never rename or remove one; every member is
// always present.

public sealed record CustomerList(ImmutableArray<FoundCustomerView> Items, string? NextCursor);

/// <param name="TotalSpend">With two places, in the service's currency.</param>
public sealed record FoundCustomerView(
    Guid Id,
    string? Name,
    string? MaskedPhone,
    string? MaskedEmail,
    string AccountStatus,
    string CustomerTier,
    string CustomerSegment,
    string TotalSpend,
    DateTime CreatedAt);

/// <summary>Serialises these views as <see cref="ViewJson"/> does those of customers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CustomerList))]
public sealed partial class SearchViewJson : JsonSerializerContext;
