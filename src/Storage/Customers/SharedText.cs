using System.Diagnostics.CodeAnalysis;

namespace CustomerGrains.Storage.Customers;

/// <summary>Words that many customers have in common, such as cities, are kept in memory once
/// for all of them; rare ones push each other out. For any thread.</summary>
public sealed class SharedText
{
    // A power of two. Some 100 KiB with usual words.
    private const int Words = 1024;

    // Written without a lock: at worst a word is kept twice.
    private readonly string?[] _known = new string?[Words];

    public static SharedText Common { get; } = new();

    [return: NotNullIfNotNull(nameof(read))]
    public string? Of(string? read)
    {
        if (read is null) return null;
        ref var known = ref _known[read.GetHashCode(StringComparison.Ordinal) & (Words - 1)];
        var word = known;
        if (word != read) known = word = read;
        return word;
    }
}
