namespace CustomerGrains.Domain.Customers;

/// <summary>An order that is under way: what the customer's rules need to know of it.</summary>
public sealed record ActiveOrder
{
    public required Guid Id { get; init; }
    public required Guid BranchId { get; init; }

    /// <summary>Null until a rider is assigned.</summary>
    public Guid? RiderId { get; init; }

    public required OrderStatus Status { get; init; }

    /// <summary>Null for an order that is not delivered to one of the customer's addresses.
    /// </summary>
    public Guid? AddressId { get; init; }

    /// <summary>In the service's currency, two places.</summary>
    public required decimal Total { get; init; }

    /// <summary>How often the customer's phone changed while the order was active.</summary>
    public int ContactVersion { get; init; }

    /// <summary>The newest contact version is not acknowledged by the rider yet.</summary>
    public bool PhoneUpdated { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
