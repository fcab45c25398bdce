using System.Collections.Immutable;

namespace CustomerGrains.GrainInterfaces;

/// <summary>Names of the stream that carries the journal. Whoever wants to hear of customers
/// declares an implicit subscription to <see cref="Namespace"/> and gets one grain per partition.
/// </summary>
public static class JournalStream
{
    public const string Provider = "journal";
    public const string Namespace = "customer-events";

    /// <summary>Fixed for ever: order per customer holds because a customer never moves.</summary>
    public const int Partitions = 32;

    /// <summary>Key of a partition's stream and of its subscribers' grains. The prefix keeps it
    /// from looking like a hexadecimal number, which would be hashed differently.</summary>
    public static string KeyOf(int partition) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"p-{partition:00}");

    /// <exception cref="FormatException">Not made by <see cref="KeyOf"/>.</exception>
    public static short PartitionOf(string key) =>
        short.Parse(key.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A place in a partition's feed: by transaction, then by row.</summary>
[GenerateSerializer, Immutable, Alias("cg.FeedPosition")]
public readonly record struct FeedPosition(
    [property: Id(0)] ulong Xid,
    [property: Id(1)] long Id) : IComparable<FeedPosition>
{
    public static bool operator <(FeedPosition left, FeedPosition right) =>
        left.CompareTo(right) < 0;

    public static bool operator >(FeedPosition left, FeedPosition right) =>
        left.CompareTo(right) > 0;

    public static bool operator <=(FeedPosition left, FeedPosition right) =>
        left.CompareTo(right) <= 0;

    public static bool operator >=(FeedPosition left, FeedPosition right) =>
        left.CompareTo(right) >= 0;

    public int CompareTo(FeedPosition other) =>
        Xid != other.Xid ? Xid.CompareTo(other.Xid) : Id.CompareTo(other.Id);
}

/// <summary>Some journal rows of one partition, in order, none left out in between. Delivered at
/// least once: an effect and the position it was made up to belong into one transaction.</summary>
/// <param name="After">Where the chunk before ended.</param>
/// <param name="Rows">At least one.</param>
[GenerateSerializer, Immutable, Alias("cg.JournalChunk")]
public sealed record JournalChunk(
    [property: Id(0)] short Partition,
    [property: Id(1)] FeedPosition After,
    [property: Id(2)] ImmutableArray<JournalRow> Rows)
{
    public FeedPosition Last => Rows[^1].Position;
}

/// <summary>One committed command.</summary>
/// <param name="Sequence">The customer's version after it: 1, 2, 3 … without gaps.</param>
/// <param name="At">UTC.</param>
/// <param name="Events">JSON array of what happened, without personal members: those stay sealed
/// in the journal.</param>
[GenerateSerializer, Immutable, Alias("cg.JournalRow")]
public sealed record JournalRow(
    [property: Id(0)] FeedPosition Position,
    [property: Id(1)] Guid CustomerId,
    [property: Id(2)] long Sequence,
    [property: Id(3)] Guid CommandId,
    [property: Id(4)] Guid ActorId,
    [property: Id(5)] CallerRole ActorRole,
    [property: Id(6)] DateTimeOffset At,
    [property: Id(7)] string Events);
