namespace CustomerGrains.Domain.Customers;

/// <summary>What one event changed, as people may see it: phone, email, date of birth, address
/// lines and coordinates are masked.</summary>
/// <param name="Field">Name of the member in the API.</param>
/// <param name="Old">A text, id, flag, whole number, amount of money (decimal), word of
/// <c>Vocabulary.cs</c> or <see cref="NotificationPreferences"/>; null when there was none, or when
/// it is no longer known.</param>
/// <param name="New">As <paramref name="Old"/>.</param>
public sealed record HistoryChange(string Field, object? Old, object? New);
