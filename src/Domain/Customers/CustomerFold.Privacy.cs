namespace CustomerGrains.Domain.Customers;

public static partial class CustomerFold
{
    /// <summary>What is left when the person is not: that there was somebody, and the books.
    /// </summary>
    private static Customer Anonymous(this Customer c, DateTimeOffset at) => new()
    {
        Id = c.Id,
        Version = c.Version,
        IsTemporary = c.IsTemporary,
        TokensValidAfter = at,
        CreatedAt = c.CreatedAt,
        Profile = Profile.Empty with
        {
            TotalOrders = c.Profile.TotalOrders,
            TotalSpend = c.Profile.TotalSpend,
            Tier = c.Profile.Tier,
        },
        Erasure = new(c.Erasure?.RequestedAt ?? at, c.Erasure?.RunsAt ?? at, IsDone: true),
    };
}
