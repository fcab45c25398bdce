using System.Collections.Immutable;

namespace CustomerGrains.Domain.Customers;

/// <summary>The policy of minimum ages: full years by category. A category without a line is open
/// to everybody.</summary>
public sealed record CategoryAges(ImmutableSortedDictionary<string, int> MinimumAges)
{
    public static readonly CategoryAges Unrestricted =
        new(ImmutableSortedDictionary<string, int>.Empty.WithComparers(StringComparer.Ordinal));

    public int? MinimumAgeOf(string category) =>
        MinimumAges.TryGetValue(category, out var age) ? age : null;

    /// <summary>Whether somebody may have goods of one category.</summary>
    /// <param name="today">The date in UTC: customers have no time zone. Whoever lives west of
    /// Greenwich may come of age some hours early, and east some hours late.</param>
    /// <returns>AgeUnknown, Underage, or null.</returns>
    public Refusal? RefusalOf(string category, DateOnly? born, DateOnly today)
    {
        if (MinimumAgeOf(category) is not { } minimum || minimum == 0) return null;
        if (born is not { } birthday) return Refusal.AgeUnknown;
        return AgeOn(today, birthday) < minimum ? Refusal.Underage : null;
    }

    /// <returns>As for one category: an unknown age is said first, else that one is too young for
    /// any of them.</returns>
    public Refusal? RefusalOf(CategoryNames categories, DateOnly? born, DateOnly today)
    {
        Refusal? worst = null;
        foreach (var category in categories.Items)
            if (RefusalOf(category, born, today) is { } refusal) worst ??= refusal;
        return worst;
    }

    /// <summary>Full years. Somebody born on 29 February has the birthday on 1 March in common
    /// years: nobody is served a day early.</summary>
    public static int AgeOn(DateOnly today, DateOnly born)
    {
        var hadBirthday = (today.Month, today.Day).CompareTo((born.Month, born.Day)) >= 0;
        return today.Year - born.Year - (hadBirthday ? 0 : 1);
    }
}
