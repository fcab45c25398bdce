using System.Security.Cryptography;
using System.Text.Json;
using CustomerGrains.Storage.Keys;
using Microsoft.IdentityModel.Tokens;

namespace CustomerGrains.Storage.Tokens;

/// <summary>The keys that sign access tokens (ES256), from <c>signing-keys.json</c> in the keys
/// folder, which is made where it is missing. The first key signs; all are published, so that
/// tokens of a key that was rotated out stay good until they expire.</summary>
public sealed class SigningKeys
{
    private const string FileName = "signing-keys.json";

    private SigningKeys(IReadOnlyList<SigningKey> keys)
    {
        var current = new ECDsaSecurityKey(keys[0].Open()) { KeyId = keys[0].KeyId };
        Current = new SigningCredentials(current, SecurityAlgorithms.EcdsaSha256);
        KeySet = JsonSerializer.SerializeToUtf8Bytes(
            new { keys = keys.Select(key => key.Published()) });
    }

    public SigningCredentials Current { get; }

    /// <summary>A JWK set (RFC 7517) of the public halves, UTF-8 JSON.</summary>
    public byte[] KeySet { get; }

    /// <exception cref="InvalidDataException">The file holds no usable key.</exception>
    public static SigningKeys ReadOrCreate(string keysDirectory, TimeProvider time)
    {
        var content = KeyFile.ReadOrCreate(
            Path.Combine(keysDirectory, FileName),
            () => JsonSerializer.SerializeToUtf8Bytes(new SigningKeyFile([SigningKey.New(time)])));
        try
        {
            var file = JsonSerializer.Deserialize<SigningKeyFile>(content);
            if (file is { Keys.Count: > 0 }) return new SigningKeys(file.Keys);
        }
        catch (Exception e) when (e is JsonException or CryptographicException or FormatException)
        {
            throw new InvalidDataException($"{FileName} is not a key file.", e);
        }

        throw new InvalidDataException($"{FileName} holds no key.");
    }
}
