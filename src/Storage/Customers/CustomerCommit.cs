using System.Collections.Immutable;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Courier;
using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Storage.Customers;

/// <summary>One command's changes, ready to be stored as one transaction.</summary>
public sealed record CustomerCommit
{
    /// <summary>The state on which the command was decided; its version is the fence.</summary>
    public required Customer Before { get; init; }

    /// <summary>The state after all events.</summary>
    public required Customer After { get; init; }

    public required ImmutableArray<CustomerEvent> Events { get; init; }

    public required Guid CommandId { get; init; }

    public required Guid ActorId { get; init; }

    /// <summary>A <c>CallerRole</c>.</summary>
    public required byte ActorRole { get; init; }

    public required DateTimeOffset At { get; init; }

    public required DataKey Key { get; init; }

    /// <summary>Of the redundant customer to whom an undone merge gives addresses back; null in
    /// every other commit.</summary>
    public DataKey? RedundantKey { get; init; }

    /// <summary>For the courier; written in the same transaction.</summary>
    public ImmutableArray<OutgoingMessage> Messages { get; init; } = [];

    /// <summary>W3C Trace Context of the commit; null when it is not recorded.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Kept for repetitions of the request; null when it carried no key.</summary>
    public StoredReply? Reply { get; init; }
}

/// <summary>The first answer of an idempotent request.</summary>
/// <param name="Scope">32 bytes.</param>
/// <param name="Fingerprint">32 bytes.</param>
/// <param name="Code">A <c>ReplyCode</c>.</param>
/// <param name="Version">The customer's version with the answer.</param>
/// <param name="Body">In clear; stored sealed.</param>
public sealed record StoredReply(
    byte[] Scope, byte[] Fingerprint, short Code, long Version, byte[] Body);

/// <summary>How a commit ended, for certain.</summary>
public enum CommitResult
{
    /// <summary>Durable.</summary>
    Committed,

    /// <summary>Not applied: somebody else committed to this customer in between.</summary>
    Stale,

    /// <summary>Not applied: another living customer owns a contact.</summary>
    ContactTaken,

    /// <summary>Not applied: a contact is kept for its last owner.</summary>
    ContactReserved,

    /// <summary>Not applied: the id of a new order belongs to another order.</summary>
    OrderTaken,

    /// <summary>Not applied: the other side of a merge has moved on.</summary>
    MergeOutOfStep,
}

/// <summary>Whether a commit was applied could not be established in time. It may appear later,
/// once, or never.</summary>
public sealed class CommitUnknownException : Exception
{
    public CommitUnknownException()
    {
    }

    public CommitUnknownException(string message) : base(message)
    {
    }

    public CommitUnknownException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
