using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace CustomerGrains.GrainInterfaces;

// The JSON the API answers with about merges. Add members, never rename or remove one; every member
// is always present.

/// <summary>What stands in the way of a merge or its undo.</summary>
/// <param name="Code"><c>same-customer</c>, <c>customer-unknown</c>, <c>already-merged</c>,
/// <c>merge-in-progress</c>, <c>account-blocked</c>, <c>account-suspended</c>,
/// <c>active-orders</c>, <c>change-pending</c>, <c>change-frozen</c>, <c>erasure-pending</c>,
/// <c>address-limit</c>, <c>merge-limit</c> or <c>contact-in-use</c>.</param>
/// <param name="CustomerId">On whose side.</param>
[GenerateSerializer, Immutable, Alias("cg.MergeBlockerView")]
public readonly record struct MergeBlockerView(
    [property: Id(0)] string Code, [property: Id(1)] Guid? CustomerId);

/// <param name="State"><c>merging</c>, <c>merged</c>, <c>undone</c> or <c>blocked</c>.</param>
public sealed record MergeView(Guid MergeId, string State);

/// <summary>How a merge stands, for administrators.</summary>
public sealed record MergeDetailView(
    Guid MergeId,
    string State,
    Guid SurvivorId,
    Guid? RedundantId,
    ImmutableArray<MergeBlockerView> Blockers);

/// <param name="Result">Null when one of the two cannot be looked at.</param>
public sealed record MergePreviewView(
    ImmutableArray<MergeBlockerView> Blockers, MergeResultView? Result);

/// <summary>What the survivor would be.</summary>
public sealed record MergeResultView(
    Guid Id,
    Guid RedundantId,
    string? MaskedPhone,
    string? MaskedEmail,
    int AddressesCount,
    int TotalOrdersCount,
    string TotalSpend,
    string CustomerTier);

/// <param name="ExpiresAt">The last moment at which the codes are accepted.</param>
public sealed record LinkStartView(Guid LinkId, DateTime ExpiresAt);

/// <param name="State"><c>pending</c>, <c>merging</c>, <c>merged</c>, <c>undone</c> or
/// <c>blocked</c>.</param>
public sealed record LinkView(
    Guid LinkId, string State, ImmutableArray<MergeBlockerView> Blockers);

/// <summary>Serialises these views as <see cref="ViewJson"/> does those of customers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(MergeView))]
[JsonSerializable(typeof(MergeDetailView))]
[JsonSerializable(typeof(MergePreviewView))]
[JsonSerializable(typeof(LinkStartView))]
[JsonSerializable(typeof(LinkView))]
public sealed partial class MergeViewJson : JsonSerializerContext;
