using System.Collections.Immutable;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Storage.SignIn;

namespace CustomerGrains.Storage.Links;

/// <summary>Somebody wants to become one with the owner of another contact.</summary>
/// <param name="Own">Null for a guest.</param>
/// <param name="Language">Of the messages.</param>
public sealed record LinkWish(
    Guid LinkId, DataKey Key, Contact? Own, Contact Other, string Language, DateTimeOffset At);

/// <summary>A link whose codes are known.</summary>
public sealed record StoredLink(ImmutableArray<ContactChannel> Channels);

/// <summary>How showing both codes ended; durable when it is told.</summary>
public abstract record LinkOutcome
{
    private LinkOutcome() { }

    /// <summary>No such link of the customer.</summary>
    public sealed record Unknown : LinkOutcome;

    /// <summary>The codes were used; these are others.</summary>
    public sealed record Used : LinkOutcome;

    public sealed record Expired : LinkOutcome;

    /// <summary>No tries are left with these codes.</summary>
    public sealed record Exhausted : LinkOutcome;

    /// <param name="Channels">Of the codes that were wrong.</param>
    public sealed record Wrong(ImmutableArray<ContactChannel> Channels, int AttemptsLeft)
        : LinkOutcome;

    /// <summary>Both are right, now or when they were shown before.</summary>
    /// <param name="Other">Whose control is proved beside the own.</param>
    public sealed record Proved(Contact Other) : LinkOutcome;
}
