namespace CustomerGrains.Storage.Journal;

/// <summary>Which partition of the journal a customer belongs to. Fixed for ever: order per
/// customer holds because a customer never moves.</summary>
public static class JournalPartition
{
    public const int Count = 32;

    private const uint FnvOffset = 2166136261;
    private const uint FnvPrime = 16777619;

    /// <summary>FNV-1a of the id's 16 bytes (big-endian), modulo <see cref="Count"/>.</summary>
    public static short Of(Guid customerId)
    {
        Span<byte> bytes = stackalloc byte[16];
        customerId.TryWriteBytes(bytes, bigEndian: true, out _);
        var hash = FnvOffset;
        foreach (var b in bytes) hash = (hash ^ b) * FnvPrime;
        return (short)(hash % Count);
    }
}
