using static CustomerGrains.Domain.Customers.CustomerEvent;

namespace CustomerGrains.Domain.Customers;

public static partial class CustomerFold
{
    private static Customer ApplyMerge(
        this Customer c, CustomerEvent happened, DateTimeOffset at) => happened switch
    {
        MergeFrozen e => c with
        {
            Merges = c.Merges.Add(new MergeRecord
            {
                MergeId = e.MergeId,
                OtherId = e.SurvivorId,
                Stage = MergeStage.Frozen,
                At = at,
            }),
        },
        MergeThawed e => c.WithoutMerge(e.MergeId),
        MergedAway e => c.WithMerge(e.MergeId, m => m with { Stage = MergeStage.Away, At = at })
            with
        {
            MergedInto = e.SurvivorId,
            TokensValidAfter = at,
            Addresses = [],
            DefaultAddressId = null,
        },
        MergeRevived e => c.WithoutMerge(e.MergeId) with { MergedInto = null },
        CustomerAbsorbed e => c.WithAbsorbed(e, at),
        AddressMovedIn e => c.WithArrival(e),
        AddressMovedOut e => c with
        {
            Addresses = c.Addresses.RemoveAll(a => a.Id == e.AddressId),
        },
        ContactAdopted e => c.WithContact(e.Channel, e.Contact, e.IsProved).Rerouted(e.Channel)
            .WithMerge(e.MergeId, m => m with { Came = m.Came.With(e.Channel) }),
        MergeCompleted e =>
            c.WithMerge(e.MergeId, m => m with { Stage = MergeStage.Merged, At = at }),
        MergeUndone e => c.WithoutMerge(e.MergeId) with
        {
            IsTemporary = e.IsTemporary,
            Profile = c.Profile with
            {
                TotalOrders = c.Profile.TotalOrders - e.Orders,
                TotalSpend = c.Profile.TotalSpend - e.Spend,
            },
            Standing = c.Standing with
            {
                Risks = c.Standing.Risks.Minus(e.Risks ?? RiskCounts.None),
            },
        },
        ContactGivenBack e => c.WithContact(e.Channel, null, isProved: false),
        _ => throw new InvalidOperationException($"Unknown event {happened.GetType().Name}."),
    };

    private static Customer WithAbsorbed(
        this Customer c, CustomerAbsorbed e, DateTimeOffset at) => c with
    {
        Profile = c.Profile with
        {
            TotalOrders = c.Profile.TotalOrders + e.Orders,
            TotalSpend = c.Profile.TotalSpend + e.Spend,
            LastDeliveredAt = e.LastDeliveredAt > (c.Profile.LastDeliveredAt ?? default)
                ? e.LastDeliveredAt
                : c.Profile.LastDeliveredAt,
        },
        Standing = c.Standing with
        {
            Risks = c.Standing.Risks.Plus(e.Risks ?? RiskCounts.None),
            UnderageOrderOn = e.UnderageOrderOn > (c.Standing.UnderageOrderOn ?? default)
                ? e.UnderageOrderOn
                : c.Standing.UnderageOrderOn,
        },
        Merges = c.Merges.Add(new MergeRecord
        {
            MergeId = e.MergeId,
            OtherId = e.RedundantId,
            Stage = MergeStage.Absorbing,
            At = at,
            Came = new Absorbed
            {
                DefaultAddressId = e.DefaultAddressId,
                Orders = e.Orders,
                Spend = e.Spend,
                Risks = e.Risks ?? RiskCounts.None,
                TierBefore = c.Profile.Tier,
                WasTemporary = c.IsTemporary,
            },
        }),
    };

    private static Customer WithArrival(this Customer c, AddressMovedIn e)
    {
        var address = new Address
        {
            Id = e.AddressId,
            Details = e.Details,
            CreatedAt = e.CreatedAt,
            UpdatedAt = e.UpdatedAt,
            LastUsedAt = e.LastUsedAt,
        };
        var arrived = c with
        {
            Addresses = [.. c.Addresses.Add(address).OrderBy(a => a.CreatedAt).ThenBy(a => a.Id)],
        };
        // Of an undo there is no record left.
        return c.FindMerge(e.MergeId) is null
            ? arrived
            : arrived.WithMerge(e.MergeId, m => m with
            {
                Came = m.Came with { Addresses = m.Came.Addresses.Add(e.AddressId) },
            });
    }

    private static Absorbed With(this Absorbed came, ContactChannel channel) =>
        channel == ContactChannel.Phone
            ? came with { Phone = true }
            : came with { Email = true };

    private static Customer WithContact(
        this Customer c, ContactChannel channel, string? contact, bool isProved) =>
        channel == ContactChannel.Phone
            ? c with { Phone = contact, PhoneVerified = isProved }
            : c with { Email = contact, EmailVerified = isProved };

    private static Customer WithoutMerge(this Customer c, Guid id) =>
        c with { Merges = c.Merges.RemoveAll(m => m.MergeId == id) };

    private static Customer WithMerge(
        this Customer c, Guid id, Func<MergeRecord, MergeRecord> change)
    {
        var merge = c.FindMerge(id)
            ?? throw new InvalidOperationException("The journal names a merge that is not there.");
        return c with { Merges = c.Merges.Replace(merge, change(merge)) };
    }
}
