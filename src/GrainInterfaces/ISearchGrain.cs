using Orleans.Concurrency;

namespace CustomerGrains.GrainInterfaces;

/// <summary>Finds customers for administrators. Stateless: any silo serves any call, without
/// waking a customer. Every customer that is shown is written to the access log before: no log, no
/// data.</summary>
/// <remarks>Throws <see cref="TryAgainException"/> when there is no answer; repeating is safe, and
/// is logged again.</remarks>
[Alias("cg.ISearchGrain")]
public interface ISearchGrain : IGrainWithIntegerKey
{
    /// <summary>Answers a <see cref="CustomerList"/> of living customers that match all filters.
    /// Refusals: InvalidMember.</summary>
    [AlwaysInterleave, Alias("Search")]
    Task<Reply> Search(CustomerQuery query, PageRequest page, Caller admin);

    /// <summary>Answers a <see cref="NearAddressList"/> of living addresses, the nearest first.
    /// Refusals: InvalidMember.</summary>
    /// <param name="limit">Addresses at most.</param>
    [AlwaysInterleave, Alias("Nearest")]
    Task<Reply> Nearest(NearestQuery query, int limit, Caller admin);
}

/// <summary>Whom to look for, as typed; null members ask nothing.</summary>
[GenerateSerializer, Immutable, Alias("cg.CustomerQuery")]
public sealed record CustomerQuery
{
    /// <summary>In international form.</summary>
    [Id(0)] public string? Phone { get; init; }

    [Id(1)] public string? Email { get; init; }

    /// <summary>How the name begins.</summary>
    [Id(2)] public string? Name { get; init; }

    [Id(3)] public string? Tier { get; init; }
    [Id(4)] public string? Segment { get; init; }
    [Id(5)] public string? Status { get; init; }

    /// <summary>An amount with at most two places; included, like the highest.</summary>
    [Id(6)] public string? MinSpend { get; init; }

    [Id(7)] public string? MaxSpend { get; init; }

    /// <summary>Never the values: calls may be logged.</summary>
    public override string ToString() => "a search";
}

/// <summary>Around which place to look, as typed.</summary>
/// <param name="Latitude">Degrees, WGS 84, like the longitude.</param>
/// <param name="RadiusM">Metres; null: the usual.</param>
[GenerateSerializer, Immutable, Alias("cg.NearestQuery")]
public sealed record NearestQuery(
    [property: Id(0)] string? Latitude,
    [property: Id(1)] string? Longitude,
    [property: Id(2)] string? RadiusM)
{
    /// <summary>Never the place.</summary>
    public override string ToString() => "a search around a place";
}
