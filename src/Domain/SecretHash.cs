using System.Collections.Immutable;
using System.Security.Cryptography;

namespace CustomerGrains.Domain;

/// <summary>What is kept of a code or token.</summary>
/// <param name="Bytes">32 bytes.</param>
/// <param name="KeyId">The master key of a keyed hash; 0 where the secret is too long to be
/// guessed and needs none.</param>
public sealed record SecretHash(ImmutableArray<byte> Bytes, int KeyId = 0)
{
    /// <summary>In constant time.</summary>
    public bool Matches(SecretHash other) =>
        CryptographicOperations.FixedTimeEquals(Bytes.AsSpan(), other.Bytes.AsSpan());

    /// <summary>Never the hash.</summary>
    public override string ToString() => "a hash";
}
