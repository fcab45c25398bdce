namespace CustomerGrains.Domain.SignIn;

public static class CodeRules
{
    /// <summary>Decides on a try. Only a try that is looked at can count as a failure.</summary>
    /// <param name="budget">Of the challenge's destination.</param>
    /// <param name="matches">Whether the shown code is the sent one; compared in constant time by
    /// the caller, whatever the answer will be.</param>
    public static CodeVerdict Decide(
        Challenge challenge, ContactBudget budget, bool matches, DateTimeOffset now)
    {
        if (challenge.ConsumedAt is not null) return new CodeVerdict.Used();
        if (now > challenge.ExpiresAt) return new CodeVerdict.Expired();
        if (challenge.Attempts >= SignInLimits.TriesPerCodeMax) return new CodeVerdict.Exhausted();
        if (budget.NextTryAt(now) is var tryAt && now < tryAt)
            return new CodeVerdict.Delayed(tryAt - now);
        if (matches) return new CodeVerdict.Right(challenge with { ConsumedAt = now });

        var attempts = challenge.Attempts + 1;
        return new CodeVerdict.Wrong(
            challenge with { Attempts = attempts },
            budget.WithFailure(now),
            SignInLimits.TriesPerCodeMax - attempts);
    }
}
