using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CustomerGrains.GrainInterfaces;

// The JSON the API answers with about what was recorded. Add members, never rename or remove one;
// every member is always present.

/// <param name="Rows">Journal rows under seals that hold.</param>
/// <param name="VerifiedTo">Time of the newest of them; null when there is none.</param>
/// <param name="FirstBroken">Null when all seals hold.</param>
public sealed record AuditCheckView(long Rows, DateTime? VerifiedTo, BrokenRowView? FirstBroken);

/// <param name="Sequence">Null when rows are missing and none follows.</param>
public sealed record BrokenRowView(short Partition, long? Sequence, Guid? CustomerId);

public sealed record HistoryList(ImmutableArray<HistoryItemView> Items, string? NextCursor);

/// <summary>One event.</summary>
/// <param name="Sequence">The customer's version after the command; events of one command share
/// it.</param>
/// <param name="Kind">Of the event, as in the journal.</param>
/// <param name="Reason">As whoever acted gave it; null: none.</param>
/// <param name="Sealed">The row is under a seal of the audit chain.</param>
/// <param name="CustomerId">Whose journal it is in: the customer's, or that of one who lives on in
/// the customer.</param>
public sealed record HistoryItemView(
    long Sequence,
    string Kind,
    DateTime At,
    ActorView Actor,
    string? Reason,
    ImmutableArray<ChangeView> Changes,
    bool Sealed,
    Guid CustomerId);

/// <param name="Id">Null for a customer who reads what others did.</param>
/// <param name="Role"><c>utc</c>, <c>utb</c>, <c>uta</c>, <c>utd</c>, <c>uts</c> or
/// <c>system</c>.</param>
public sealed record ActorView(Guid? Id, string Role);

/// <param name="Field">Name of the member in the API.</param>
/// <param name="Old">Masked where personal; null when there was none.</param>
public sealed record ChangeView(string Field, JsonNode? Old, JsonNode? New);

public sealed record AccessLogList(ImmutableArray<AccessView> Items, string? NextCursor);

/// <param name="AccessedBy">Null for the customer.</param>
/// <param name="Fields">What was shown.</param>
public sealed record AccessView(
    Guid Id,
    Guid? AccessedBy,
    string Role,
    Guid? BranchId,
    string Purpose,
    ImmutableArray<string> Fields,
    DateTime At);

/// <param name="NextCursor">Always null: an answer holds at most a year.</param>
public sealed record CounterList(ImmutableArray<CounterDayView> Items, string? NextCursor);

/// <param name="Counters">How many events of each kind; a kind that did not happen is not there.
/// </param>
public sealed record CounterDayView(DateOnly Day, IReadOnlyDictionary<string, long> Counters);

/// <param name="RuleVersion">Of the rules that segments go by.</param>
/// <param name="NextCursor">Always null: segments and tiers are few.</param>
public sealed record SegmentList(
    ImmutableArray<SegmentCountView> Items, int RuleVersion, string? NextCursor);

/// <param name="Customers">How many living ones; combinations without any are left out.</param>
public sealed record SegmentCountView(string Segment, string Tier, long Customers);

/// <summary>Serialises these views as <see cref="ViewJson"/> does those of customers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AuditCheckView))]
[JsonSerializable(typeof(HistoryList))]
[JsonSerializable(typeof(AccessLogList))]
[JsonSerializable(typeof(CounterList))]
[JsonSerializable(typeof(SegmentList))]
public sealed partial class AuditViewJson : JsonSerializerContext;
