using System.Collections.Immutable;

namespace CustomerGrains.Domain.Customers;

/// <summary>A customer's wish to be forgotten.</summary>
/// <param name="RunsAt">Not before; until then it can be taken back.</param>
/// <param name="IsDone">It was carried out.</param>
public sealed record Erasure(
    DateTimeOffset RequestedAt, DateTimeOffset RunsAt, bool IsDone = false)
{
    public bool IsDue(DateTimeOffset now) => now >= RunsAt;
}

/// <summary>Why a person was forgotten. Stored in the journal: add, never rename.</summary>
public enum ErasureCause
{
    /// <summary>The person wanted it.</summary>
    Requested,

    /// <summary>A guest who did not come back.</summary>
    IdleGuest,
}

/// <summary>One thing that an erasure waits for.</summary>
/// <param name="OrderId">Of an active order; else null.</param>
/// <param name="Until">Of a contact change that can be undone: until when; else null, because
/// nobody knows.</param>
public readonly record struct ErasureWait(
    ErasureWaitKind Kind, Guid? OrderId = null, DateTimeOffset? Until = null);

public enum ErasureWaitKind
{
    /// <summary>An order is under way.</summary>
    ActiveOrder,

    /// <summary>The old contact can undo a change.</summary>
    ContactUndo,

    /// <summary>A merge with another customer is under way.</summary>
    OpenMerge,
}

/// <summary>What stands in the way of forgetting somebody.</summary>
public static class ErasureWaits
{
    /// <summary>In the order of their kinds; empty when nothing does.</summary>
    public static ImmutableArray<ErasureWait> WaitsOfErasure(
        this Customer customer, DateTimeOffset now)
    {
        var waits = ImmutableArray.CreateBuilder<ErasureWait>();
        foreach (var order in customer.ActiveOrders)
            waits.Add(new(ErasureWaitKind.ActiveOrder, order.Id));
        foreach (var changes in (ReadOnlySpan<ContactChanges>)
            [customer.PhoneChanges, customer.EmailChanges])
        {
            if (changes.IsFrozen(now))
                waits.Add(new(ErasureWaitKind.ContactUndo, Until: changes.Undo!.Until));
        }

        if (customer.Merges.Any(m => m.Stage != MergeStage.Merged))
            waits.Add(new(ErasureWaitKind.OpenMerge));
        return waits.DrainToImmutable();
    }
}
