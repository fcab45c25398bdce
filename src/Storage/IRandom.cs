using System.Security.Cryptography;

namespace CustomerGrains.Storage;

/// <summary>Randomness. One implementation outside tests: the operating system's generator.</summary>
public interface IRandom
{
    void Fill(Span<byte> bytes);

    /// <summary>Uniform in [0, <paramref name="exclusiveMax"/>).</summary>
    int Next(int exclusiveMax);
}

public sealed class CryptographicRandom : IRandom
{
    public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);

    public int Next(int exclusiveMax) => RandomNumberGenerator.GetInt32(exclusiveMax);
}
