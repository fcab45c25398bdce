using CustomerGrains.Domain.SignIn;

namespace CustomerGrains.Storage.SignIn;

/// <summary>How asking for a code ended.</summary>
public abstract record StartOutcome
{
    private StartOutcome() { }

    /// <summary>The code is stored, and the courier has it.</summary>
    public sealed record Started(
        Guid ChallengeId, DateTimeOffset ExpiresAt, DateTimeOffset ResendAfter) : StartOutcome;

    /// <summary>Nothing was sent or changed.</summary>
    /// <param name="Verdict">Any but <see cref="SendVerdict.Allowed"/>.</param>
    public sealed record Refused(SendVerdict Verdict) : StartOutcome;
}
