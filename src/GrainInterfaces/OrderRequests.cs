using System.Collections.Immutable;

namespace CustomerGrains.GrainInterfaces;

/// <summary>Body of <c>POST /api/orders</c>, JSON types and ids checked, values not.</summary>
[GenerateSerializer, Immutable, Alias("cg.OrderDraft")]
public sealed record OrderDraft
{
    [Id(0)] public required Guid OrderId { get; init; }
    [Id(1)] public required Guid CustomerId { get; init; }
    [Id(2)] public required Guid BranchId { get; init; }

    /// <summary>Null for an order that is collected.</summary>
    [Id(3)] public Guid? AddressId { get; init; }

    [Id(4)] public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>Decimal text with two places.</summary>
    [Id(5)] public required string Total { get; init; }

    /// <summary>RFC 3339.</summary>
    [Id(6)] public required string PlacedAt { get; init; }

    [Id(7)] public OrderContactDraft? Contact { get; init; }
}

/// <summary>Whom to call about the order.</summary>
/// <param name="Name">Null: the customer's own.</param>
[GenerateSerializer, Immutable, Alias("cg.OrderContactDraft")]
public sealed record OrderContactDraft(
    [property: Id(0)] string? Name,
    [property: Id(1)] string Phone);

/// <summary>Body of <c>POST /api/orders/{id}/status</c>, values not checked.</summary>
/// <param name="RiderId">Null: leave the rider.</param>
/// <param name="Total">Decimal text with two places; null: as placed.</param>
[GenerateSerializer, Immutable, Alias("cg.OrderReport")]
public sealed record OrderReport(
    [property: Id(0)] string Status,
    [property: Id(1)] Guid? RiderId,
    [property: Id(2)] string? Total);

/// <summary>Body of <c>PUT /api/admin/policies/…</c>.</summary>
/// <param name="Version">The version that is replaced.</param>
/// <param name="Document">JSON object; what is in it is not checked.</param>
[GenerateSerializer, Immutable, Alias("cg.PolicyDraft")]
public sealed record PolicyDraft(
    [property: Id(0)] long Version,
    [property: Id(1)] string Document);
