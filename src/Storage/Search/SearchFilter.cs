using CustomerGrains.Domain.Customers;

namespace CustomerGrains.Storage.Search;

/// <summary>Whom to look for; null members ask nothing.</summary>
public sealed record SearchFilter
{
    /// <summary>E.164.</summary>
    public string? Phone { get; init; }

    /// <summary>Lower case.</summary>
    public string? Email { get; init; }

    /// <summary>How the name begins; case, accents and the number of blanks do not count.</summary>
    public string? Name { get; init; }

    public CustomerTier? Tier { get; init; }
    public string? Segment { get; init; }
    public AccountStatus? Status { get; init; }

    /// <summary>Included, like the highest.</summary>
    public decimal? MinSpend { get; init; }

    public decimal? MaxSpend { get; init; }

    /// <summary>Never the values.</summary>
    public override string ToString() => "a search";
}

/// <summary>By which index a search walks, and so in which order its customers come.</summary>
public enum SearchOrder
{
    /// <summary>At most one customer.</summary>
    Contact = 1,

    /// <summary>By name, then id.</summary>
    Name = 2,

    /// <summary>The highest spend first, then the newest id.</summary>
    Spend = 3,

    /// <summary>The newest id first.</summary>
    Id = 4,
}

/// <summary>Where a page of a search ended.</summary>
/// <param name="Key">With <see cref="SearchOrder.Name"/>: what the name is indexed by.</param>
/// <param name="Spend">With <see cref="SearchOrder.Spend"/>.</param>
public sealed record SearchPlace(
    SearchOrder Order, Guid Id, string? Key = null, decimal Spend = 0)
{
    /// <summary>Never the name.</summary>
    public override string ToString() => "a place";
}

/// <param name="Next">Null when there is nobody more. There may be a next page after a short or
/// empty one: how many customers are looked at for one page has a bound.</param>
public sealed record SearchPage(IReadOnlyList<FoundCustomer> Customers, SearchPlace? Next);

/// <summary>A customer as a list shows it.</summary>
public sealed record FoundCustomer
{
    public required Guid Id { get; init; }
    public required string? Name { get; init; }
    public required string? Phone { get; init; }
    public required string? Email { get; init; }

    /// <summary>As stored; see <see cref="Customers.StoredWords"/>.</summary>
    public required string Status { get; init; }

    public required string Tier { get; init; }
    public required string Segment { get; init; }
    public required decimal TotalSpend { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Never the person.</summary>
    public override string ToString() => Id.ToString();
}
