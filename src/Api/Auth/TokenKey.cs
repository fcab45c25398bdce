using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CustomerGrains.Api.Auth;

/// <summary>SHA-256 of a whole token, signature included, so that a token which differs in one bit
/// is another token.</summary>
internal readonly record struct TokenKey(UInt128 High, UInt128 Low)
{
    public static TokenKey Of(ReadOnlySpan<char> token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(token), hash);
        var halves = MemoryMarshal.Cast<byte, UInt128>(hash);
        return new TokenKey(halves[0], halves[1]);
    }

    /// <summary>Any part of a cryptographic hash hashes well.</summary>
    public override int GetHashCode() => (int)(uint)Low;
}
