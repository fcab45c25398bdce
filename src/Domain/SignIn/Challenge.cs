namespace CustomerGrains.Domain.SignIn;

/// <summary>A code that was sent and may be shown once.</summary>
/// <param name="ExpiresAt">The last moment at which it is accepted.</param>
/// <param name="Attempts">Wrong tries so far.</param>
/// <param name="ConsumedAt">When it was shown rightly; null before.</param>
public sealed record Challenge(DateTimeOffset ExpiresAt, int Attempts, DateTimeOffset? ConsumedAt);
