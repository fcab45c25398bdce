using System.Security.Cryptography;
using System.Text;

namespace CustomerGrains.Storage.Sealing;

/// <summary>One customer's own key. Whoever destroys it has erased what it sealed.</summary>
/// <remarks>A seal authenticates column, customer and key number, so a value copied to another
/// column or customer does not open.</remarks>
public sealed class DataKey
{
    /// <summary>Every customer has one key so far; the number leaves room for more.</summary>
    private const byte Number = 1;

    private const int LongestColumnName = 64;
    private const int GuidSize = 16;

    private readonly byte[] _key;

    internal DataKey(Guid customerId, byte[] key)
    {
        CustomerId = customerId;
        _key = key;
    }

    public Guid CustomerId { get; }

    internal ReadOnlySpan<byte> Bytes => _key;

    public static DataKey Create(Guid customerId, IRandom random)
    {
        var key = new byte[AesSeal.KeySize];
        random.Fill(key);
        return new DataKey(customerId, key);
    }

    public byte[] Seal(SealedColumn column, ReadOnlySpan<byte> plain)
    {
        Span<byte> context = stackalloc byte[LongestColumnName + GuidSize + 1];
        return AesSeal.Seal(_key, plain, Context(column, context));
    }

    public byte[]? Seal(SealedColumn column, string? plain)
    {
        if (plain is null) return null;
        Span<byte> utf8 = plain.Length <= 256
            ? stackalloc byte[Encoding.UTF8.GetMaxByteCount(plain.Length)]
            : new byte[Encoding.UTF8.GetMaxByteCount(plain.Length)];
        return Seal(column, utf8[..Encoding.UTF8.GetBytes(plain, utf8)]);
    }

    /// <exception cref="CryptographicException">Sealed elsewhere, or changed since.</exception>
    public byte[] Open(SealedColumn column, ReadOnlySpan<byte> sealedValue)
    {
        Span<byte> context = stackalloc byte[LongestColumnName + GuidSize + 1];
        return AesSeal.Open(_key, sealedValue, Context(column, context));
    }

    /// <summary>Null for what was sealed elsewhere, or changed since.</summary>
    public byte[]? TryOpen(SealedColumn column, ReadOnlySpan<byte> sealedValue)
    {
        try
        {
            return Open(column, sealedValue);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public string? OpenText(SealedColumn column, byte[]? sealedValue) =>
        sealedValue is null ? null : Encoding.UTF8.GetString(Open(column, sealedValue));

    /// <summary>HMAC-SHA-256 under a key derived from this one: equal contents have equal
    /// fingerprints, and nobody without the key can try contents out. 32 bytes.</summary>
    public byte[] Fingerprint(ReadOnlySpan<byte> content)
    {
        Span<byte> key = stackalloc byte[AesSeal.KeySize];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, key, salt: [], FingerprintUse);
        return HMACSHA256.HashData(key, content);
    }

    private static ReadOnlySpan<byte> FingerprintUse => "fingerprint"u8;

    private ReadOnlySpan<byte> Context(SealedColumn column, Span<byte> buffer)
    {
        var name = column.NameBytes.Span;
        name.CopyTo(buffer);
        CustomerId.TryWriteBytes(buffer[name.Length..], bigEndian: true, out _);
        buffer[name.Length + GuidSize] = Number;
        return buffer[..(name.Length + GuidSize + 1)];
    }
}
