namespace CustomerGrains.Domain.Customers;

/// <summary>One thing that a customer did in an app. Stored in the journal: add members, never
/// rename.</summary>
/// <param name="SessionId">Made by the app, 1 to <see cref="Limits.SessionIdLengthMax"/> visible
/// ASCII characters.</param>
/// <param name="At">By the app's clock, UTC, whole milliseconds.</param>
public sealed record ActivityItem(ActivityKind Kind, string SessionId, DateTimeOffset At);
