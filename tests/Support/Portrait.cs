using CustomerGrains.Domain.Customers;

namespace CustomerGrains.Tests.Support;

/// <summary>All of a customer that the journal knows: no hashes of secrets.</summary>
public static class Portrait
{
    public static string Of(Customer c) => string.Join(" | ",
        $"{c.Version} {c.Name} {c.Phone} {c.PhoneVerified} {c.Email} {c.EmailVerified}",
        $"{c.TokensValidAfter:O} {c.CreatedAt:O} {c.UpdatedAt:O}",
        $"{c.Profile.TotalOrders} {c.Profile.TotalSpend} {c.Profile.Tier} {c.Profile.Segment}",
        $"{c.Standing.RiskScore} {c.DefaultAddressId}",
        string.Join(", ", c.Addresses.Select(a => $"{a.Id} {a.LastUsedAt:O} {a.UpdatedAt:O}")),
        string.Join(", ", c.ActiveOrders.Select(o => $"{o.Id} {o.Status} {o.RiderId} {o.Total} "
            + $"{o.ContactVersion} {o.PhoneUpdated} {o.Snapshot.Phone} {o.Snapshot.TakenAt:O}")),
        Of(c.PhoneChanges),
        Of(c.EmailChanges));

    private static string Of(ContactChanges c) => string.Join(" ",
        c.Pending is { } p ? $"{p.Id} {p.NewValue} {p.ExpiresAt:O} {p.Attempts}" : "none",
        c.Series,
        string.Join(",", c.Failures.Select(f => $"{f:O}")),
        c.Undo is { } u ? $"{u.Old} {u.Until:O}" : "none",
        c.Spent?.Undid);
}
