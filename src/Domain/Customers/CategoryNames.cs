using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CustomerGrains.Domain.Customers;

/// <summary>What kinds of goods an order holds: free lower-case names, sorted, each once. Equal
/// when all names are.</summary>
public sealed partial class CategoryNames : IEquatable<CategoryNames>
{
    public static readonly CategoryNames None = new([]);

    private CategoryNames(ImmutableArray<string> items) => Items = items;

    public ImmutableArray<string> Items { get; }

    public static CategoryNames From(IEnumerable<string> names)
    {
        ImmutableArray<string> items =
            [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return items.IsEmpty ? None : new CategoryNames(items);
    }

    /// <summary>Letters without capitals, digits, and single spaces or <c>_-</c> between them: two
    /// spellings of one restricted category would be a way around its age.</summary>
    public static bool IsName(string name) =>
        name.Length <= Limits.CategoryNameLengthMax && Name().IsMatch(name);

    public bool Equals(CategoryNames? other) =>
        other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as CategoryNames);

    public override int GetHashCode() =>
        Items.Length == 0 ? 0 : Items[0].GetHashCode(StringComparison.Ordinal);

    [GeneratedRegex(@"^[\p{Ll}\p{Lo}\p{Nd}]+([ _-][\p{Ll}\p{Lo}\p{Nd}]+)*\z")]
    private static partial Regex Name();
}
