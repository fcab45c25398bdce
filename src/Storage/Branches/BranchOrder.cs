using CustomerGrains.Domain.Customers;

namespace CustomerGrains.Storage.Branches;

/// <summary>An order as its branch may see it.</summary>
/// <param name="Name">The customer's present one.</param>
/// <param name="Phone">The customer's present one.</param>
/// <param name="Snapshot">Empty when the customer's key is gone.</param>
/// <param name="CreatedAt">With the id, the order's place in the branch's list.</param>
public sealed record BranchOrder(
    Guid Id,
    Guid CustomerId,
    string? Name,
    string? Phone,
    OrderStatus Status,
    decimal Total,
    CustomerSnapshot Snapshot,
    int ContactVersion,
    DateTimeOffset PlacedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? EndedAt)
{
    /// <summary>Never the person.</summary>
    public override string ToString() => $"order {Id}";
}

/// <summary>Who reads, for which branch.</summary>
public readonly record struct BranchReader(Guid UserId, Guid BranchId);
