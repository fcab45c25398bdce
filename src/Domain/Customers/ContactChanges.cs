using System.Collections.Immutable;
using CustomerGrains.Domain.SignIn;

namespace CustomerGrains.Domain.Customers;

/// <summary>What is remembered of the changes of one contact channel of one customer.</summary>
public sealed record ContactChanges
{
    public static readonly ContactChanges None = new();

    /// <summary>Asked for, neither completed, replaced nor cancelled; it may be too old.</summary>
    public PendingChange? Pending { get; init; }

    /// <summary>The codes sent since the last success; null before the first.</summary>
    public SendSeries? Series { get; init; }

    /// <summary>Wrong codes, oldest first, <see cref="Limits.ContactFailuresMax"/> at most. Nothing
    /// resets them but time.</summary>
    public ImmutableArray<DateTimeOffset> Failures { get; init; } = [];

    /// <summary>The last change as long as it was not undone; it may be too old to be.</summary>
    public UndoWindow? Undo { get; init; }

    /// <summary>The last token that did its work: showing it again is no error.</summary>
    public SpentToken? Spent { get; init; }

    public bool IsFrozen(DateTimeOffset now) => Undo is { } undo && now < undo.Until;

    /// <summary>Wrong codes that may still be shown.</summary>
    public int TriesLeft(DateTimeOffset now) =>
        Limits.ContactFailuresMax - Failures.Count(f => now - f < SignInLimits.FailureWindow);

    /// <summary>Wrong codes that may still be shown for the pending change.</summary>
    public int AttemptsLeft(DateTimeOffset now) => Pending is null
        ? 0
        : Math.Min(SignInLimits.TriesPerCodeMax - Pending.Attempts, TriesLeft(now));

    /// <summary>When the oldest failure that counts no longer does.</summary>
    public DateTimeOffset NextTryAt => Failures.IsEmpty
        ? DateTimeOffset.MinValue
        : Failures[0] + SignInLimits.FailureWindow;

    /// <summary>When the next code may be sent; in the past when it is at once.</summary>
    public DateTimeOffset NextSendAt(DateTimeOffset now) =>
        Series is null || Series.IsOver(now) ? DateTimeOffset.MinValue : Series.CooldownEndsAt;

    /// <summary>A wrong code of the pending change.</summary>
    internal ContactChanges WithFailure(DateTimeOffset at) => WithFailedGuess(at) with
    {
        Pending = Pending is { } p ? p with { Attempts = p.Attempts + 1 } : null,
    };

    /// <summary>A wrong code of whatever was sent on the channel.</summary>
    internal ContactChanges WithFailedGuess(DateTimeOffset at) => this with
    {
        Failures = [.. Failures.Where(f => at - f < SignInLimits.FailureWindow)
            .TakeLast(Limits.ContactFailuresMax - 1), at],
    };
}

/// <param name="NewValue">E.164, or lower case.</param>
/// <param name="Code">Of the newest code. Null in a history read from the journal.</param>
/// <param name="ExpiresAt">The last moment at which the code is accepted, and the end of the
/// change.</param>
/// <param name="Attempts">Wrong tries with the newest code.</param>
/// <param name="Cancel">Of the token that the old contact was sent; null without an old contact.
/// </param>
public sealed record PendingChange(
    Guid Id,
    string NewValue,
    SecretHash? Code,
    DateTimeOffset ExpiresAt,
    int Attempts,
    SecretHash? Cancel,
    DateTimeOffset RequestedAt)
{
    public bool IsExpired(DateTimeOffset now) => now > ExpiresAt;

    /// <summary>Never the contact.</summary>
    public override string ToString() => $"change {Id}";
}

/// <param name="Old">The contact that comes back.</param>
/// <param name="Token">Of the token that the old contact was sent.</param>
/// <param name="Until">From then on it is too late.</param>
public sealed record UndoWindow(string Old, SecretHash? Token, DateTimeOffset Until)
{
    /// <summary>Never the contact.</summary>
    public override string ToString() => $"undo until {Until:O}";
}

/// <param name="Undid">True when a completed change was undone, false when a pending one was
/// cancelled.</param>
public sealed record SpentToken(SecretHash? Token, bool Undid);

/// <summary>What became of a change that is no longer pending.</summary>
public enum FormerChange
{
    /// <summary>There never was such a change of this customer, or it is long forgotten.</summary>
    Unknown,

    /// <summary>Completed.</summary>
    Used,

    /// <summary>Replaced or cancelled.</summary>
    Dropped,
}
