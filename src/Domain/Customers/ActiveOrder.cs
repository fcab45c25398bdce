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

    public CategoryNames Categories { get; init; } = CategoryNames.None;

    /// <summary>In the service's currency, two places.</summary>
    public required decimal Total { get; init; }

    /// <summary>How often the customer's phone changed while the order was active.</summary>
    public int ContactVersion { get; init; }

    /// <summary>The newest contact version is not acknowledged by the rider yet.</summary>
    public bool PhoneUpdated { get; init; }

    public CustomerSnapshot Snapshot { get; init; } = CustomerSnapshot.Empty;

    /// <summary>Keyed hash of what was asked for at placement, hexadecimal: a repeated placement
    /// with another content is recognised.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>As the order system says; any past time.</summary>
    public required DateTimeOffset PlacedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Null while the order is active. An ended one is not among the customer's
    /// <see cref="Customer.ActiveOrders"/> any more.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The order one status further.</summary>
    public ActiveOrder Moved(OrderStatus status, decimal total, DateTimeOffset at) => this with
    {
        Status = status,
        Total = total,
        UpdatedAt = at,
        EndedAt = status.IsFinal() ? at : null,
    };

    /// <summary>The order with a rider who has acknowledged nothing yet.</summary>
    public ActiveOrder AssignedTo(Guid riderId, DateTimeOffset at) =>
        this with { RiderId = riderId, PhoneUpdated = ContactVersion > 0, UpdatedAt = at };
}
