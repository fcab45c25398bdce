using CustomerGrains.Tests.Load.Histories;

namespace CustomerGrains.System.Tests.Histories;

/// <summary>What the database holds when all has come to rest.</summary>
internal sealed record FinalState
{
    public IReadOnlyList<EventRow> Events { get; init; } = [];

    public IReadOnlyList<CustomerRow> Customers { get; init; } = [];

    public IReadOnlyList<SealRow> Seals { get; init; } = [];

    /// <summary>Whether recomputing the chains found every row as it was sealed.</summary>
    public bool ChainsHold { get; init; } = true;

    /// <summary>Events by kind, as the service counted them.</summary>
    public IReadOnlyDictionary<string, long> Counters { get; init; } =
        new Dictionary<string, long>();

    public IReadOnlyList<AccessRow> Accesses { get; init; } = [];

    public IReadOnlyList<ChallengeRow> Challenges { get; init; } = [];

    /// <summary>Hash of each order's snapshot.</summary>
    public IReadOnlyDictionary<string, string> Snapshots { get; init; } =
        new Dictionary<string, string>();

    /// <summary>Messages that should have left more than half a minute ago.</summary>
    public int OverdueMessages { get; init; }
}

/// <param name="Scope">Of the stored answer of that version; null when it carried no key.</param>
/// <param name="Kinds">Of its events.</param>
/// <param name="IsCounted">False for a dead letter.</param>
internal sealed record EventRow(
    short Partition, ulong Xid, long Id, Guid Customer, long Sequence, string? Scope,
    IReadOnlyList<string> Kinds, bool IsCounted = true);

/// <param name="State">What a load finds.</param>
/// <param name="Folded">What the journal says.</param>
/// <param name="Contacts">Blind indexes of the living one's contacts.</param>
internal sealed record CustomerRow(
    Guid Id, long Version, string State, string Folded,
    IReadOnlyList<string> Contacts, int Defaults);

internal sealed record SealRow(
    short Partition, long Number, ulong LastXid, long LastId, int Rows, int Gaps);

/// <param name="Reader">A <see cref="Invoke.Client"/>.</param>
internal sealed record AccessRow(string Reader, Guid Customer, string Purpose);

internal sealed record ChallengeRow(string Id, int Attempts, bool IsConsumed);
