using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CustomerGrains.Api.Tests.Security;

/// <summary>Makes tokens, good and bad, without the library that checks them.</summary>
internal static class Jwt
{
    public static string Make(object header, object claims, Func<byte[], byte[]> sign)
    {
        var content = Encode(header) + "." + Encode(claims);
        return content + "." + Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(content)));
    }

    public static byte[] SignEs256(this ECDsa key, byte[] content) =>
        key.SignData(content, HashAlgorithmName.SHA256);

    public static byte[] SignRs256(this RSA key, byte[] content) =>
        key.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public static JsonElement ClaimsOf(string token) => Decode(token.Split('.')[1]);

    public static JsonElement HeaderOf(string token) => Decode(token.Split('.')[0]);

    private static string Encode(object part) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    private static JsonElement Decode(string part) =>
        JsonDocument.Parse(Base64Url.DecodeFromChars(part)).RootElement;
}
