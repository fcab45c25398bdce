namespace CustomerGrains.GrainInterfaces;

/// <summary>A policy that administrators edit. The key is its name: <c>category-ages</c>,
/// <c>tiers</c>, <c>completion</c> or <c>risk</c>.</summary>
/// <remarks>Throws <see cref="TryAgainException"/> when the database does not answer.</remarks>
[Alias("cg.IPolicyGrain")]
public interface IPolicyGrain : IGrainWithStringKey
{
    /// <summary>Answers a <see cref="PolicyView"/>.</summary>
    [Alias("Get")]
    Task<Reply> Get();

    /// <summary>Replaces the present version; every silo follows within seconds. Answers a
    /// <see cref="PolicyView"/>, also when the same caller repeats the request. Refusals:
    /// InvalidMember, VersionMismatch.</summary>
    [Alias("Replace")]
    Task<Reply> Replace(PolicyDraft draft, Caller caller);
}
