using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Storage.Bars;

/// <summary>A bar as it goes to the database.</summary>
/// <param name="Bar">Null: there is none any more.</param>
internal sealed record BarRow(
    CustomerCommit Commit, Bar? Bar, byte[]? Comment, byte[]? PublicReason)
{
    /// <summary>Bytes that one sends, about; for the bound of a batch.</summary>
    public const int UsualBytes = 600;

    /// <summary>Null when the commit leaves the bar as it is.</summary>
    public static BarRow? Of(CustomerCommit commit)
    {
        var bar = commit.After.Bar;
        return ReferenceEquals(commit.Before.Bar, bar)
            ? null
            : new BarRow(
                commit,
                bar,
                commit.Key.Seal(SealedColumn.BarComment, bar?.Comment),
                commit.Key.Seal(SealedColumn.BarPublicReason, bar?.PublicReason));
    }
}
