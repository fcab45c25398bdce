namespace CustomerGrains.Domain.Customers;

/// <summary>What keeps a customer out until it is lifted or, if it has an end, until
/// then.</summary>
public sealed record Bar
{
    public required BarKind Kind { get; init; }

    public required BarScope Scope { get; init; }

    /// <summary>For statistics and rules; see <see cref="TextRules.IsReasonCode"/>.</summary>
    public required string ReasonCode { get; init; }

    /// <summary>For administrators alone.</summary>
    public string? Comment { get; init; }

    /// <summary>What the customer is told.</summary>
    public string? PublicReason { get; init; }

    /// <summary>Only of a suspension; null: until it is lifted.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The administrator.</summary>
    public required Guid By { get; init; }

    public Refusal Refusal => Kind == BarKind.Blocked
        ? Refusal.AccountBlocked
        : Refusal.AccountSuspended;

    /// <summary>Over from the very moment it ends, whether or not that is recorded yet.</summary>
    public bool IsOver(DateTimeOffset now) => now >= Until;

    /// <summary>The same for the customer and for those who read why, whoever asked for it.
    /// </summary>
    public bool IsLike(Bar other) => this == other with { By = By };

    /// <summary>Never the texts.</summary>
    public override string ToString() => $"{Kind} ({Scope})";
}
