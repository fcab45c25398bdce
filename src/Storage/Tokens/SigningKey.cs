using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Microsoft.IdentityModel.Tokens;

namespace CustomerGrains.Storage.Tokens;

/// <summary>The content of <c>signing-keys.json</c>, newest key first.</summary>
/// <remarks>Stored format: add members, never rename.</remarks>
internal sealed record SigningKeyFile(
    [property: JsonPropertyName("keys")] IReadOnlyList<SigningKey> Keys);

/// <summary>A private key on the curve P-256.</summary>
/// <param name="KeyId">The <c>kid</c> of its tokens.</param>
/// <param name="Private">PKCS #8, base64.</param>
internal sealed record SigningKey(
    [property: JsonPropertyName("kid")] string KeyId,
    [property: JsonPropertyName("created_at")] DateTimeOffset CreatedAt,
    [property: JsonPropertyName("private")] byte[] Private)
{
    public static SigningKey New(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // RFC 7638 derives an id from the key itself: unique without any register.
        var id = Base64UrlEncoder.Encode(PublicHalf(key).ComputeJwkThumbprint());
        return new SigningKey(id, time.GetUtcNow(), key.ExportPkcs8PrivateKey());
    }

    public ECDsa Open()
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Private, out _);
        return key;
    }

    /// <summary>The members of a JWK for checking signatures.</summary>
    public object Published()
    {
        using var key = Open();
        var half = PublicHalf(key);
        return new
        {
            kty = "EC", crv = "P-256", x = half.X, y = half.Y, use = "sig", alg = "ES256", kid = KeyId,
        };
    }

    private static JsonWebKey PublicHalf(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonWebKey
        {
            Kty = JsonWebAlgorithmsKeyTypes.EllipticCurve,
            Crv = JsonWebKeyECTypes.P256,
            X = Base64UrlEncoder.Encode(point.X),
            Y = Base64UrlEncoder.Encode(point.Y),
        };
    }
}
