using Orleans.Concurrency;

namespace CustomerGrains.GrainInterfaces;

/// <summary>Guards one partition of the journal: hears of every row and seals it. The key is
/// <see cref="JournalStream.KeyOf"/>.</summary>
[Alias("cg.IAuditGrain")]
public interface IAuditGrain : IGrainWithStringKey
{
    /// <summary>Recomputes the partition's chain of seals; rows not sealed yet are not looked at.
    /// Takes about 2 s for a million rows.</summary>
    /// <exception cref="TryAgainException">The database did not answer.</exception>
    [AlwaysInterleave, ResponseTimeout("00:05:00"), Alias("Verify")]
    Task<SealCheck> Verify();
}

/// <summary>Counts what happens in one partition. The key is <see cref="JournalStream.KeyOf"/>.
/// </summary>
[Alias("cg.IMetricsGrain")]
public interface IMetricsGrain : IGrainWithStringKey;

/// <param name="Rows">Rows under seals that hold, up to the first that does not.</param>
/// <param name="VerifiedTo">Time of the last of them, UTC; null when there is none.</param>
/// <param name="FirstBroken">Null when all seals hold.</param>
[GenerateSerializer, Immutable, Alias("cg.SealCheck")]
public sealed record SealCheck(
    [property: Id(0)] long Rows,
    [property: Id(1)] DateTime? VerifiedTo,
    [property: Id(2)] BrokenSeal? FirstBroken);

/// <summary>The first journal row that is not what was sealed, or that stands where a sealed one is
/// missing.</summary>
/// <param name="Sequence">Null when no row stands there.</param>
[GenerateSerializer, Immutable, Alias("cg.BrokenSeal")]
public sealed record BrokenSeal(
    [property: Id(0)] short Partition,
    [property: Id(1)] long? Sequence,
    [property: Id(2)] Guid? CustomerId);
