using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CustomerGrains.GrainInterfaces;

// The JSON the API answers with about erasure and export. Add members, never rename or remove one;
// every member is always present.

/// <param name="State"><c>deferred</c> while something stands in the way, else <c>grace</c>,
/// and <c>done</c>.</param>
/// <param name="RunsAt">Not before. Later while it is deferred by an order.</param>
/// <param name="WaitingFor">Empty unless deferred.</param>
public sealed record ErasureView(
    string State, DateTime RunsAt, ImmutableArray<ErasureWaitView> WaitingFor);

/// <param name="Kind"><c>active_order</c>, <c>contact_undo</c> or <c>merge</c>.</param>
/// <param name="OrderId">Of an active order; else null.</param>
/// <param name="Until">Until when the contact change can be undone; else null.</param>
public sealed record ErasureWaitView(string Kind, Guid? OrderId, DateTime? Until);

/// <param name="State"><c>running</c>.</param>
public sealed record ExportStartView(Guid ExportId, string State);

/// <param name="State"><c>running</c>, <c>ready</c> or <c>expired</c>.</param>
/// <param name="Document">There while ready, else null.</param>
public sealed record ExportView(Guid ExportId, string State, JsonObject? Document);

/// <summary>Serialises these views as <see cref="ViewJson"/> does those of customers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ErasureView))]
[JsonSerializable(typeof(ExportStartView))]
[JsonSerializable(typeof(ExportView))]
public sealed partial class PrivacyViewJson : JsonSerializerContext;
