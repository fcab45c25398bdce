using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CustomerGrains.GrainInterfaces;

// The JSON the API answers with about orders. Add members, never rename or remove one; every
// member is always present.

public sealed record OrderView
{
    public required Guid OrderId { get; init; }
    public required Guid CustomerId { get; init; }
    public required Guid BranchId { get; init; }
    public required string Status { get; init; }
    public required Guid? RiderId { get; init; }
    public required string Total { get; init; }
    public required SnapshotView CustomerSnapshot { get; init; }
    public required bool PhoneUpdated { get; init; }
    public required DateTime PlacedAt { get; init; }
    public required DateTime UpdatedAt { get; init; }
}

public sealed record SnapshotView
{
    public required string? Name { get; init; }
    public required string? Phone { get; init; }
    public required string? Email { get; init; }
    public required SnapshotAddressView? Address { get; init; }
    public required DateTime TakenAt { get; init; }
}

public sealed record SnapshotAddressView
{
    public required string? Label { get; init; }
    public required string? Line1 { get; init; }
    public required string? Line2 { get; init; }
    public required string? City { get; init; }
    public required string? State { get; init; }
    public required string? PostalCode { get; init; }
    public required string? Country { get; init; }
    public required decimal? Latitude { get; init; }
    public required decimal? Longitude { get; init; }
}

/// <summary>What a rider sees of the customer of an order.</summary>
public sealed record ContactView
{
    public required Guid OrderId { get; init; }
    public required string Status { get; init; }
    public required string? Name { get; init; }
    public required string? SnapshotPhone { get; init; }
    public required bool PhoneUpdated { get; init; }
    public required string? CurrentPhone { get; init; }
    public required int ContactVersion { get; init; }
    public required SnapshotAddressView? Address { get; init; }
}

/// <summary>One line of a branch's list.</summary>
public sealed record BranchOrderView
{
    public required Guid OrderId { get; init; }
    public required Guid CustomerId { get; init; }
    public required string Status { get; init; }
    public required string Total { get; init; }
    public required string? Name { get; init; }
    public required string? MaskedPhone { get; init; }
    public required DateTime PlacedAt { get; init; }
    public required DateTime UpdatedAt { get; init; }
}

public sealed record BranchOrderList(ImmutableArray<BranchOrderView> Items, string? NextCursor);

/// <summary>What a branch sees of the customer of an order.</summary>
public sealed record BranchCustomerView
{
    public required Guid OrderId { get; init; }
    public required Guid CustomerId { get; init; }
    public required string? Name { get; init; }
    public required string? Phone { get; init; }
    public required SnapshotAddressView? Address { get; init; }
}

public sealed record PhoneUpdatedView(Guid OrderId, bool PhoneUpdated, int ContactVersion);

/// <param name="Code"><c>underage</c>, <c>age-unknown</c> or null.</param>
/// <param name="MinimumAge">Full years; null when the category is open to everybody.</param>
public sealed record EligibilityView(
    string Category, bool Allowed, string? Code, int? MinimumAge);

/// <param name="ChangedBy">Null: as delivered.</param>
public sealed record PolicyView(
    string Name,
    long Version,
    JsonObject Document,
    DateTime ChangedAt,
    Guid? ChangedBy);

/// <summary>Serialises the views of orders as <see cref="ViewJson"/> does those of
/// customers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OrderView))]
[JsonSerializable(typeof(ContactView))]
[JsonSerializable(typeof(PhoneUpdatedView))]
[JsonSerializable(typeof(BranchOrderList))]
[JsonSerializable(typeof(BranchCustomerView))]
[JsonSerializable(typeof(EligibilityView))]
[JsonSerializable(typeof(PolicyView))]
public sealed partial class OrderViewJson : JsonSerializerContext;
