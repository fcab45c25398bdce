using Orleans.Concurrency;

namespace CustomerGrains.GrainInterfaces;

/// <summary>Guards one partition of the journal: hears of every row and seals it. The key is
/// <see cref="JournalStream.KeyOf"/>.</summary>
[Alias("cg.IAuditGrain")]
public interface IAuditGrain : IGrainWithStringKey
{
    /// <summary>Recomputes a part of the partition's chain of seals; rows not sealed yet are not
    /// looked at. A call is short however long the chain is: whoever wants the whole chain calls
    /// again from <see cref="SealCheck.Next"/>. About 2 s for a million rows.</summary>
    /// <param name="seal">The first to look at; they are numbered from 1.</param>
    /// <exception cref="TryAgainException">The database did not answer, or too many ask.
    /// </exception>
    [AlwaysInterleave, Alias("Verify")]
    Task<SealCheck> Verify(long seal);
}

/// <summary>Counts what happens in one partition. The key is <see cref="JournalStream.KeyOf"/>.
/// </summary>
[Alias("cg.IMetricsGrain")]
public interface IMetricsGrain : IGrainWithStringKey;

/// <param name="Rows">Rows under seals that hold, up to the first that does not.</param>
/// <param name="VerifiedTo">Time of the last of them, UTC; null when there is none.</param>
/// <param name="FirstBroken">Null when all seals hold.</param>
/// <param name="Next">The seal to go on from; null at the end of the chain, or where it broke.
/// </param>
[GenerateSerializer, Immutable, Alias("cg.SealCheck")]
public sealed record SealCheck(
    [property: Id(0)] long Rows,
    [property: Id(1)] DateTime? VerifiedTo,
    [property: Id(2)] BrokenSeal? FirstBroken,
    [property: Id(3)] long? Next)
{
    /// <summary>Both parts as one; the other begins where this one ends.</summary>
    public SealCheck Then(SealCheck other) =>
        other with { Rows = Rows + other.Rows, VerifiedTo = other.VerifiedTo ?? VerifiedTo };
}

/// <summary>The first journal row that is not what was sealed, or that stands where a sealed one is
/// missing.</summary>
/// <param name="Sequence">Null when no row stands there.</param>
[GenerateSerializer, Immutable, Alias("cg.BrokenSeal")]
public sealed record BrokenSeal(
    [property: Id(0)] short Partition,
    [property: Id(1)] long? Sequence,
    [property: Id(2)] Guid? CustomerId);
