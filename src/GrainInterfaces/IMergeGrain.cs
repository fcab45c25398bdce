using System.Collections.Immutable;
using Orleans.Concurrency;

namespace CustomerGrains.GrainInterfaces;

/// <summary>One merge, or its undo, as a process that goes on until it is done, whatever dies
/// meanwhile: see docs/adr/0018. The key is the merge's id; of an account link the link's.</summary>
[Alias("cg.IMergeGrain")]
public interface IMergeGrain : IGrainWithGuidKey
{
    /// <summary>Begins; durable on return, and then carried on without anybody asking. Repeating
    /// it, with whatever content, changes nothing.</summary>
    /// <exception cref="TryAgainException">It is not certain whether it began.</exception>
    [Alias("Start")]
    Task<MergeProgress> Start(MergeOrder order, Caller by);

    /// <summary>How far it is; null when it never began. One that was left lying goes on.</summary>
    [AlwaysInterleave, Alias("Get")]
    ValueTask<MergeProgress?> Get();

    /// <summary>Begins the undo; durable on return. Nothing happens unless the merge is
    /// complete.</summary>
    /// <exception cref="TryAgainException">It is not certain whether it began.</exception>
    [Alias("Undo")]
    Task<MergeProgress> Undo(string? reason, Caller by);

    /// <summary>Takes the steps that are left; stops at one that fails, to be called again.
    /// </summary>
    [OneWay, Alias("Advance")]
    Task Advance();
}

/// <param name="State"><c>merging</c>, <c>merged</c>, <c>undone</c> or <c>blocked</c>.</param>
/// <param name="RedundantId"><see cref="Guid.Empty"/> when nobody owned the contact.</param>
/// <param name="IsUndoing">The undo has begun and is not complete.</param>
/// <param name="Blockers">Of a blocked merge; of a merged one, what kept the last undo from
/// happening.</param>
/// <param name="Key">Of the request that began it; null: it carried none.</param>
[GenerateSerializer, Immutable, Alias("cg.MergeProgress")]
public sealed record MergeProgress(
    [property: Id(0)] Guid MergeId,
    [property: Id(1)] Guid SurvivorId,
    [property: Id(2)] Guid RedundantId,
    [property: Id(3)] string State,
    [property: Id(4)] bool IsUndoing,
    [property: Id(5)] ImmutableArray<MergeBlockerView> Blockers,
    [property: Id(6)] RequestKey? Key = null);
