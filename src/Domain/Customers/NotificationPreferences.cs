using System.Collections.Immutable;

namespace CustomerGrains.Domain.Customers;

/// <summary>Which channels may carry notifications: email, sms, push, and whatever keys apps
/// add. Sorted by key; equal when all members are.</summary>
public sealed class NotificationPreferences : IEquatable<NotificationPreferences>
{
    /// <summary>What a new customer has, and a cleared one gets back.</summary>
    public static readonly NotificationPreferences Default = new(
        [new("email", true), new("push", true), new("sms", true)]);

    // The pairs' own comparison goes by reflection.
    private static readonly IEqualityComparer<KeyValuePair<string, bool>> Same =
        EqualityComparer<KeyValuePair<string, bool>>.Create(
            (a, b) => a.Value == b.Value && a.Key == b.Key);

    private NotificationPreferences(ImmutableArray<KeyValuePair<string, bool>> members) =>
        Members = members;

    public ImmutableArray<KeyValuePair<string, bool>> Members { get; }

    public IReadOnlyDictionary<string, bool> ByKey => field ??= Members.ToDictionary();

    public static NotificationPreferences From(IEnumerable<KeyValuePair<string, bool>> members)
    {
        var preferences = new NotificationPreferences(
            [.. members.OrderBy(m => m.Key, StringComparer.Ordinal)]);
        return preferences.Equals(Default) ? Default : preferences;
    }

    /// <summary>Members merge; null removes an added one and gives a built-in one its default
    /// back.</summary>
    public NotificationPreferences Merge(IEnumerable<KeyValuePair<string, bool?>> changes)
    {
        var merged = Members.ToDictionary();
        foreach (var (key, value) in changes)
        {
            if (value is { } wanted) merged[key] = wanted;
            else if (IsBuiltIn(key)) merged[key] = true;
            else merged.Remove(key);
        }

        return From(merged);
    }

    public bool Equals(NotificationPreferences? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Members.AsSpan().SequenceEqual(other.Members.AsSpan(), Same));

    public override bool Equals(object? obj) => Equals(obj as NotificationPreferences);

    public override int GetHashCode() => Members.Length == 0 ? 0 : Members[0].GetHashCode();

    private static bool IsBuiltIn(string key) => key is "email" or "sms" or "push";
}
