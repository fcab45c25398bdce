using System.Collections.Immutable;

namespace CustomerGrains.Domain.Customers;

/// <summary>What a survivor needs to know of the redundant. On its way only, never stored.
/// </summary>
public sealed record MergeExport
{
    public required Guid CustomerId { get; init; }

    /// <summary>Living ones.</summary>
    public ImmutableArray<Address> Addresses { get; init; } = [];

    public Guid? DefaultAddressId { get; init; }
    public int Orders { get; init; }
    public decimal Spend { get; init; }
    public DateTimeOffset? LastDeliveredAt { get; init; }
    public ImmutableArray<Reward> Rewards { get; init; } = [];

    /// <summary>How often each sign of risk was seen, those that it absorbed itself among them.
    /// </summary>
    public IReadOnlyDictionary<RiskSign, int> Risks { get; init; } = RiskCounts.None.BySign;

    public DateOnly? UnderageOrderOn { get; init; }
    public string? Phone { get; init; }
    public bool PhoneVerified { get; init; }
    public string? Email { get; init; }
    public bool EmailVerified { get; init; }

    public static MergeExport Of(Customer customer) => new()
    {
        CustomerId = customer.Id,
        Addresses = customer.Addresses,
        DefaultAddressId = customer.DefaultAddressId,
        Orders = customer.Profile.TotalOrders,
        Spend = customer.Profile.TotalSpend,
        LastDeliveredAt = customer.Profile.LastDeliveredAt,
        Rewards = customer.Standing.Rewards,
        Risks = customer.Standing.Risks.BySign,
        UnderageOrderOn = customer.Standing.UnderageOrderOn,
        Phone = customer.Phone,
        PhoneVerified = customer.PhoneVerified,
        Email = customer.Email,
        EmailVerified = customer.EmailVerified,
    };

    public string? ContactOn(ContactChannel channel) =>
        channel == ContactChannel.Phone ? Phone : Email;

    public bool IsVerifiedOn(ContactChannel channel) =>
        channel == ContactChannel.Phone ? PhoneVerified : EmailVerified;

    /// <summary>Never the person.</summary>
    public override string ToString() => $"export of {CustomerId}";
}
