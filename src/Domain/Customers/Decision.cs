using System.Collections.Immutable;

namespace CustomerGrains.Domain.Customers;

/// <summary>What became of a command: events (none: nothing to do), a refusal, or both: a refusal
/// that has to be remembered, whose events are stored before it is told.</summary>
public readonly record struct Decision
{
    public static readonly Decision Nothing = new() { Events = [] };

    public Refusal? Refusal { get; private init; }

    /// <summary>With <see cref="Domain.Refusal.InvalidMember"/>: what is wrong.</summary>
    public ImmutableArray<InvalidMember> Errors { get; private init; }

    /// <summary>With <see cref="Domain.Refusal.OtpWrong"/>: tries left with the code.</summary>
    public int? AttemptsLeft { get; private init; }

    /// <summary>Until the same command can succeed, where that is known.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>With <see cref="Domain.Refusal.ActiveOrderConflict"/> and
    /// <see cref="Domain.Refusal.AddressInActiveOrder"/>: the ids of those in the way.</summary>
    public ImmutableArray<Guid> ActiveOrders { get; private init; }

    /// <summary>With <see cref="Domain.Refusal.AccountBlocked"/> and
    /// <see cref="Domain.Refusal.AccountSuspended"/>: what the customer is told.</summary>
    public string? PublicReason { get; private init; }

    /// <summary>With <see cref="Domain.Refusal.MergeBlocked"/>: what stands in the way.</summary>
    public ImmutableArray<MergeBlocker> Blockers { get; private init; }

    public ImmutableArray<CustomerEvent> Events { get; private init; }

    /// <summary>Whether a repetition of the request gets this answer again: what was done, and a
    /// wrong code, which is counted once. Any other refusal is decided anew.</summary>
    public bool IsKept => Refusal is null or Domain.Refusal.OtpWrong;

    public static Decision Record(params ReadOnlySpan<CustomerEvent> events) =>
        new() { Events = ImmutableArray.Create(events) };

    public static Decision Record(ImmutableArray<CustomerEvent> events) =>
        new() { Events = events };

    public static Decision Refuse(Refusal refusal) => new() { Refusal = refusal, Events = [] };

    public static Decision Refuse(Bar bar) =>
        new() { Refusal = bar.Refusal, PublicReason = bar.PublicReason, Events = [] };

    public static Decision Refuse(ImmutableArray<InvalidMember> errors) =>
        new() { Refusal = Domain.Refusal.InvalidMember, Errors = errors, Events = [] };

    /// <param name="retryAfter">Until the same command can succeed.</param>
    public static Decision Refuse(Refusal refusal, TimeSpan retryAfter) =>
        new() { Refusal = refusal, RetryAfter = retryAfter, Events = [] };

    public static Decision Refuse(Refusal refusal, ImmutableArray<Guid> activeOrders) =>
        new() { Refusal = refusal, ActiveOrders = activeOrders, Events = [] };

    public static Decision Block(params ImmutableArray<MergeBlocker> blockers) =>
        new() { Refusal = Domain.Refusal.MergeBlocked, Blockers = blockers, Events = [] };

    /// <summary>Store the events, then refuse.</summary>
    public static Decision RecordAndRefuse(
        ImmutableArray<CustomerEvent> events, Refusal refusal, int attemptsLeft) =>
        new() { Refusal = refusal, AttemptsLeft = attemptsLeft, Events = events };

    /// <summary>Store the event, then refuse.</summary>
    public static Decision RecordAndRefuse(
        CustomerEvent happened, Refusal refusal, int attemptsLeft) =>
        new() { Refusal = refusal, AttemptsLeft = attemptsLeft, Events = [happened] };

    /// <summary>Store the event, then refuse.</summary>
    public static Decision RecordAndRefuse(CustomerEvent happened, Refusal refusal) =>
        new() { Refusal = refusal, Events = [happened] };

    /// <summary>The same decision with more events after its own.</summary>
    public Decision Followed(ImmutableArray<CustomerEvent> events) =>
        this with { Events = Events.AddRange(events) };
}
