namespace CustomerGrains.Domain.SignIn;

/// <summary>Whether a code may be sent. A refused request is no send and changes nothing.
/// </summary>
public abstract record SendVerdict
{
    private SendVerdict() { }

    /// <summary>Send it, and store the new budget and series first.</summary>
    /// <param name="ResendAfter">When the next one could be asked for.</param>
    public sealed record Allowed(
        ContactBudget Budget,
        SendSeries Series,
        DateTimeOffset ExpiresAt,
        DateTimeOffset ResendAfter) : SendVerdict;

    /// <summary>The last code of the series is too fresh.</summary>
    /// <param name="RetryAfter">Until the same request can succeed.</param>
    public sealed record CoolingDown(TimeSpan RetryAfter) : SendVerdict;

    /// <summary>The destination had its share for the hour or the day.</summary>
    /// <param name="RetryAfter">Until the same request can succeed.</param>
    public sealed record LimitReached(TimeSpan RetryAfter) : SendVerdict;
}
