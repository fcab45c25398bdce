using CustomerGrains.Domain.SignIn;

namespace CustomerGrains.Storage.SignIn;

/// <summary>How showing a code ended; durable when it is told.</summary>
public abstract record ProofOutcome
{
    private ProofOutcome() { }

    /// <summary>No such challenge, or it was for another purpose.</summary>
    public sealed record Unknown : ProofOutcome;

    /// <param name="Verdict">Any but <see cref="CodeVerdict.Right"/>.</param>
    public sealed record Refused(CodeVerdict Verdict) : ProofOutcome;

    /// <summary>The code was right and is spent.</summary>
    /// <param name="Contact">Whose control it proves.</param>
    /// <param name="At">Names this proof to <see cref="ChallengeStore.Release"/>.</param>
    public sealed record Proved(Contact Contact, DateTimeOffset At) : ProofOutcome;
}
