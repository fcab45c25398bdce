using System.Collections.Immutable;

namespace CustomerGrains.Domain.Customers;

/// <summary>What became of a command: events (none: nothing to do) or a refusal.</summary>
public readonly record struct Decision
{
    public static readonly Decision Nothing = new() { Events = [] };

    public Refusal? Refusal { get; private init; }

    /// <summary>With <see cref="Domain.Refusal.InvalidMember"/>: what is wrong.</summary>
    public ImmutableArray<InvalidMember> Errors { get; private init; }

    public ImmutableArray<CustomerEvent> Events { get; private init; }

    public static Decision Record(params ReadOnlySpan<CustomerEvent> events) =>
        new() { Events = ImmutableArray.Create(events) };

    public static Decision Record(ImmutableArray<CustomerEvent> events) =>
        new() { Events = events };

    public static Decision Refuse(Refusal refusal) => new() { Refusal = refusal, Events = [] };

    public static Decision Refuse(ImmutableArray<InvalidMember> errors) =>
        new() { Refusal = Domain.Refusal.InvalidMember, Errors = errors, Events = [] };
}
