using System.Buffers.Text;
using System.Security.Cryptography;
using CustomerGrains.Domain;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Storage.SignIn;

namespace CustomerGrains.Storage.Contacts;

/// <summary>Codes and tokens of contact changes, of which only hashes are kept.</summary>
/// <remarks>A token is the customer's id and 256 random bits in base64url: whoever gets it knows
/// whom to ask, and a plain SHA-256 of it is as good as a keyed one.</remarks>
public sealed class ChangeSecrets(KeyRing keys, IRandom random)
{
    private const int IdBytes = 16;
    private const int RandomBytes = 32;
    private const int TokenBytes = IdBytes + RandomBytes;

    /// <summary>Characters of a token: 48 bytes in base64url.</summary>
    private const int TokenLength = 64;

    /// <summary>Whose token it is, and its hash; null when it cannot be one.</summary>
    public static (Guid CustomerId, SecretHash Hash)? ReadToken(string token)
    {
        Span<byte> bytes = stackalloc byte[TokenBytes];
        if (token.Length != TokenLength || !Base64Url.IsValid(token, out var length)
            || length != TokenBytes || !Base64Url.TryDecodeFromChars(token, bytes, out _))
        {
            return null;
        }

        return (new Guid(bytes[..IdBytes], bigEndian: true), Hash(bytes));
    }

    public NewSecret NewCode(Guid changeId)
    {
        var code = OneTimeCode.New(random);
        var hash = keys.HashCode(changeId, code);
        return new NewSecret(code, new SecretHash([.. hash.Bytes], hash.MasterKeyId));
    }

    public NewSecret NewToken(Guid customerId)
    {
        Span<byte> bytes = stackalloc byte[TokenBytes];
        customerId.TryWriteBytes(bytes, bigEndian: true, out _);
        random.Fill(bytes[IdBytes..]);
        return new NewSecret(Base64Url.EncodeToString(bytes), Hash(bytes));
    }

    /// <summary>Compares in constant time.</summary>
    public bool IsCode(SecretHash kept, Guid changeId, string code) =>
        keys.CodeMatches(new CodeHash(kept.KeyId, [.. kept.Bytes]), changeId, code);

    private static SecretHash Hash(ReadOnlySpan<byte> token) => new([.. SHA256.HashData(token)]);
}

/// <param name="Text">Told once, never kept.</param>
public sealed record NewSecret(string Text, SecretHash Hash)
{
    /// <summary>Never the secret.</summary>
    public override string ToString() => "a secret";
}
