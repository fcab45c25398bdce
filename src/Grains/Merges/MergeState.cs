using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Grains.Merges;

/// <summary>How far a merge is. Nothing personal: what the steps need they ask for.</summary>
/// <remarks>Stored as JSON: add members and stages, never rename.</remarks>
[GenerateSerializer, Alias("cg.MergeState")]
public sealed record MergeState
{
    [Id(0)] public Guid SurvivorId { get; init; }

    /// <summary><see cref="Guid.Empty"/>: nobody owned the contact.</summary>
    [Id(1)] public Guid RedundantId { get; init; }

    [Id(2)] public MergeProgressStage Stage { get; init; }

    /// <summary>Who asked; of the undo, once that has begun.</summary>
    [Id(3)] public Guid By { get; init; }

    [Id(4)] public CallerRole ByRole { get; init; }

    /// <summary>Under the service's key, while steps are left that tell it to the journals.
    /// </summary>
    [Id(5)] public byte[]? Reason { get; init; }

    [Id(6)] public ImmutableArray<StoredBlocker> Blockers { get; init; } = [];

    /// <summary>Of the request that began it; null: it carried none.</summary>
    [Id(7)] public RequestKey? Key { get; init; }
}

/// <remarks>Stored by name: never rename.</remarks>
[JsonConverter(typeof(JsonStringEnumConverter<MergeProgressStage>))]
public enum MergeProgressStage
{
    /// <summary>Next: freeze the redundant.</summary>
    Requested,

    /// <summary>Next: have the survivor absorb it.</summary>
    Frozen,

    /// <summary>The survivor refused. Next: thaw the redundant.</summary>
    Thawing,

    /// <summary>Next: take the redundant away.</summary>
    Absorbed,

    /// <summary>Next: have the survivor adopt the contacts.</summary>
    Away,

    /// <summary>Done, until somebody wants it undone.</summary>
    Merged,

    /// <summary>Done: nothing happened.</summary>
    Blocked,

    /// <summary>Next: have the survivor give back.</summary>
    Undoing,

    /// <summary>Next: revive the redundant.</summary>
    GivenBack,

    /// <summary>Done.</summary>
    Undone,
}

[GenerateSerializer, Alias("cg.StoredBlocker")]
public sealed record StoredBlocker([property: Id(0)] string Code, [property: Id(1)] Guid? CustomerId);
