using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace CustomerGrains.Api.Auth;

/// <summary>SHA-256 of a whole token, signature included, so that a token which differs in one bit
/// is another token.</summary>
internal readonly record struct TokenKey(UInt128 High, UInt128 Low)
{
    /// <summary>Longest token hashed without allocating, in characters.</summary>
    private const int UsualLengthMax = 2048;

    public static TokenKey Of(ReadOnlySpan<char> token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> ascii = stackalloc byte[UsualLengthMax];
        // A valid token is ASCII, and half as many bytes are hashed in half the time.
        var isAscii = Ascii.FromUtf16(token, ascii, out var length) is OperationStatus.Done;
        SHA256.HashData(isAscii ? ascii[..length] : MemoryMarshal.AsBytes(token), hash);
        var halves = MemoryMarshal.Cast<byte, UInt128>(hash);
        return new TokenKey(halves[0], halves[1]);
    }

    /// <summary>Any part of a cryptographic hash hashes well.</summary>
    public override int GetHashCode() => (int)(uint)Low;
}
