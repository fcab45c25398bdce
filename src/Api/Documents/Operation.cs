using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Requests;

namespace CustomerGrains.Api.Documents;

/// <summary>What the OpenAPI document says about one endpoint beyond its route.</summary>
internal sealed record Operation(string Id, string Summary)
{
    public string? Description { get; init; }

    /// <summary>Success: status and the type of the body; null for none.</summary>
    public required (int Status, Type? Body) Answer { get; init; }

    /// <summary>A second success, with the same body.</summary>
    public int? OtherStatus { get; init; }

    public BodyShape? Body { get; init; }

    /// <summary>Media type of the body; one of several shapes where it is not JSON itself.</summary>
    public string BodyType { get; init; } = ContentTypes.Json;

    /// <summary>True for commands of a customer: Idempotency-Key and If-Match are read.</summary>
    public bool IsCommand { get; init; }

    /// <summary>True when the answer carries the customer's version.</summary>
    public bool HasVersion { get; init; }

    public IReadOnlyList<QueryParameter> Query { get; init; } = [];

    /// <summary>Refusals of its own; those of bodies, commands and tokens follow from the
    /// rest.</summary>
    public IReadOnlyList<ProblemKind> Refusals { get; init; } = [];
}

internal enum QueryType
{
    Text,
    Number,
    Integer,
    Flag,
}

internal sealed record QueryParameter(
    string Name, QueryType Type, string Description, bool Required = false);

/// <summary>The role a route group asks for, for the document.</summary>
internal sealed record NeededRole(string Role);
