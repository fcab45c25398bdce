using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Buffers.Text;
using CustomerGrains.Launcher.Running;

namespace CustomerGrains.Api.Tests.Security;

/// <summary>An OpenID Connect authority of our own, whose keys the tests hold.</summary>
internal sealed class Authority : IDisposable
{
    private readonly HttpListener listener = new();

    public Authority()
    {
        Issuer = $"http://127.0.0.1:{new LoopbackPorts().Take()}";
        listener.Prefixes.Add(Issuer + "/");
        listener.Start();
        _ = Serve();
    }

    public string Issuer { get; }

    public ECDsa Ec { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public RSA Rsa { get; } = RSA.Create(2048);

    /// <summary>Claims that are accepted.</summary>
    public JsonObject Claims(Guid subject, string role = "utc")
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = "customer-grains",
            ["sub"] = subject.ToString(),
            ["role"] = role,
            ["iat"] = now,
            ["exp"] = now + 600,
        };
    }

    public string Sign(JsonObject claims) =>
        Jwt.Make(new { alg = "ES256", kid = "ec", typ = "JWT" }, claims, Ec.SignEs256);

    public string SignRs256(JsonObject claims) =>
        Jwt.Make(new { alg = "RS256", kid = "rsa", typ = "JWT" }, claims, Rsa.SignRs256);

    public void Dispose()
    {
        listener.Close();
        Ec.Dispose();
        Rsa.Dispose();
    }

    private async Task Serve()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var answer = context.Request.Url!.AbsolutePath == "/keys" ? Keys() : Configuration();
            context.Response.ContentType = "application/json";
            context.Response.Close(JsonSerializer.SerializeToUtf8Bytes(answer), willBlock: false);
        }
    }

    private object Configuration() => new { issuer = Issuer, jwks_uri = Issuer + "/keys" };

    private object Keys()
    {
        var point = Ec.ExportParameters(false).Q;
        var rsa = Rsa.ExportParameters(false);
        return new
        {
            keys = new object[]
            {
                new { kty = "EC", kid = "ec", crv = "P-256", x = Text(point.X), y = Text(point.Y) },
                new { kty = "RSA", kid = "rsa", n = Text(rsa.Modulus), e = Text(rsa.Exponent) },
            },
        };
    }

    private static string Text(byte[]? bytes) => Base64Url.EncodeToString(bytes);
}
