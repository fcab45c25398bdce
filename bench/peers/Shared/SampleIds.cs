using System.Security.Cryptography;

namespace CustomerGrains.Bench.Shared;

/// <summary>Ids that look random, as those of any client do, but are always the same.</summary>
internal static class SampleIds
{
    public static Guid Made(int kind, int number)
    {
        Span<byte> source = stackalloc byte[8];
        BitConverter.TryWriteBytes(source, kind);
        BitConverter.TryWriteBytes(source[4..], number);
        return new Guid(SHA256.HashData(source).AsSpan(0, 16));
    }
}
