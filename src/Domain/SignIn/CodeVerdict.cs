namespace CustomerGrains.Domain.SignIn;

/// <summary>How a try with a code ended, refusals in order of precedence.</summary>
public abstract record CodeVerdict
{
    private CodeVerdict() { }

    /// <summary>The code was used before, successfully.</summary>
    public sealed record Used : CodeVerdict;

    /// <summary>The code is too old.</summary>
    public sealed record Expired : CodeVerdict;

    /// <summary>No tries are left with this code.</summary>
    public sealed record Exhausted : CodeVerdict;

    /// <summary>The contact saw too many failures of late; this try was not looked at.</summary>
    /// <param name="RetryAfter">Until a try is looked at.</param>
    public sealed record Delayed(TimeSpan RetryAfter) : CodeVerdict;

    /// <summary>Wrong. Store challenge and budget before saying so.</summary>
    /// <param name="AttemptsLeft">Tries left with this code.</param>
    public sealed record Wrong(Challenge Challenge, ContactBudget Budget, int AttemptsLeft)
        : CodeVerdict;

    /// <summary>Right. Store the challenge before acting on it; the send series is over.</summary>
    public sealed record Right(Challenge Challenge) : CodeVerdict;
}
