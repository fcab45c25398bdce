using System.Collections.Immutable;

namespace CustomerGrains.Domain.Customers;

/// <summary>How often each sign of risk was seen. Equal when all counts are.</summary>
public sealed class RiskCounts : IEquatable<RiskCounts>
{
    public static readonly RiskCounts None = new(ImmutableSortedDictionary<RiskSign, int>.Empty);

    private RiskCounts(ImmutableSortedDictionary<RiskSign, int> counts) => BySign = counts;

    /// <summary>Those that were seen at all.</summary>
    public ImmutableSortedDictionary<RiskSign, int> BySign { get; }

    public int this[RiskSign sign] => BySign.GetValueOrDefault(sign);

    public static RiskCounts From(IEnumerable<KeyValuePair<RiskSign, int>> counts)
    {
        var seen = counts.Where(c => c.Value > 0).ToImmutableSortedDictionary();
        return seen.IsEmpty ? None : new RiskCounts(seen);
    }

    /// <summary>Stops rising at <see cref="Limits.RiskCountMax"/>.</summary>
    public RiskCounts Plus(RiskSign sign, int times = 1)
    {
        var count = (int)Math.Min((long)this[sign] + times, Limits.RiskCountMax);
        return count == this[sign] ? this : new RiskCounts(BySign.SetItem(sign, count));
    }

    public RiskCounts Plus(RiskCounts other) =>
        other.BySign.Aggregate(this, (sum, one) => sum.Plus(one.Key, one.Value));

    /// <summary>Stops falling at none.</summary>
    public RiskCounts Minus(RiskCounts other) => other == None
        ? this
        : From(BySign.Select(one => KeyValuePair.Create(one.Key, one.Value - other[one.Key])));

    public bool Equals(RiskCounts? other) =>
        other is not null && BySign.SequenceEqual(other.BySign);

    public override bool Equals(object? obj) => Equals(obj as RiskCounts);

    public override int GetHashCode() => BySign.Count;
}
