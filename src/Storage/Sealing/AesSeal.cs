using System.Security.Cryptography;

namespace CustomerGrains.Storage.Sealing;

/// <summary>AES-256-GCM with a random 96-bit nonce for each value.</summary>
/// <remarks>Stored form, never changed: one byte format (1), 12 bytes nonce, ciphertext, 16 bytes
/// tag. A new format gets a new first byte.</remarks>
internal static class AesSeal
{
    public const int KeySize = 32;
    public const int Overhead = 1 + NonceSize + TagSize;

    private const byte Format = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public static byte[] Seal(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context)
    {
        var sealedValue = new byte[Overhead + plain.Length];
        sealedValue[0] = Format;
        var nonce = sealedValue.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(
            nonce,
            plain,
            sealedValue.AsSpan(1 + NonceSize, plain.Length),
            sealedValue.AsSpan(sealedValue.Length - TagSize),
            context);
        return sealedValue;
    }

    /// <exception cref="CryptographicException">The value was not sealed under this key for this
    /// context, or was changed since.</exception>
    public static byte[] Open(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> sealedValue, ReadOnlySpan<byte> context)
    {
        if (sealedValue.Length < Overhead || sealedValue[0] != Format)
            throw new CryptographicException("Not a sealed value of a known format.");
        var plain = new byte[sealedValue.Length - Overhead];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(
            sealedValue.Slice(1, NonceSize),
            sealedValue.Slice(1 + NonceSize, plain.Length),
            sealedValue[^TagSize..],
            plain,
            context);
        return plain;
    }
}
