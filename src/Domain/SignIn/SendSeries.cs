namespace CustomerGrains.Domain.SignIn;

/// <summary>The codes sent for one purpose to one destination since the last success.</summary>
/// <param name="Sends">At least 1.</param>
public sealed record SendSeries(DateTimeOffset StartedAt, DateTimeOffset LastSentAt, int Sends)
{
    /// <summary>A series cannot demand a longer wait than it lives.</summary>
    public DateTimeOffset CooldownEndsAt =>
        LastSentAt + Doubling.Of(
            SignInLimits.ResendCooldown, Sends - 1, SignInLimits.SeriesLifetime);

    public bool IsOver(DateTimeOffset now) => now - StartedAt >= SignInLimits.SeriesLifetime;

    /// <summary>The series after a send: this one continued, or a new one.</summary>
    public static SendSeries After(SendSeries? series, DateTimeOffset now) =>
        series is null || series.IsOver(now)
            ? new SendSeries(now, now, 1)
            : series with { LastSentAt = now, Sends = series.Sends + 1 };
}
