namespace CustomerGrains.GrainInterfaces;

/// <summary>Body of <c>POST /api/admin/customers/{id}/block</c>, JSON types checked, values not.
/// </summary>
[GenerateSerializer, Immutable, Alias("cg.BarDraft")]
public sealed record BarDraft
{
    /// <summary><c>a-z</c>, <c>0-9</c> and <c>-</c>.</summary>
    [Id(0)] public string? ReasonCode { get; init; }

    /// <summary>For administrators.</summary>
    [Id(1)] public string? Comment { get; init; }

    /// <summary>For the customer.</summary>
    [Id(2)] public string? PublicReason { get; init; }

    /// <summary><c>all</c> or <c>ordering</c>; null: <c>all</c>.</summary>
    [Id(3)] public string? Scope { get; init; }

    /// <summary><c>blocked</c> or <c>suspended</c>; null: <c>blocked</c>.</summary>
    [Id(4)] public string? Kind { get; init; }

    /// <summary>RFC 3339, in the future; only of a suspension.</summary>
    [Id(5)] public string? Until { get; init; }

    /// <summary>Never the texts.</summary>
    public override string ToString() => $"a bar for {ReasonCode}";
}

/// <summary>Body of <c>POST /api/admin/customers/{id}/unblock</c>.</summary>
[GenerateSerializer, Immutable, Alias("cg.BarLifting")]
public sealed record BarLifting([property: Id(0)] string? Comment)
{
    /// <summary>Never the text.</summary>
    public override string ToString() => "a lifting";
}
