using System.Globalization;
using System.Security.Cryptography;
using CustomerGrains.Bench.Shared;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerGrains.Bench.Driver;

/// <summary>An OpenID Connect authority that every system under test trusts, and one access token
/// per customer: the same ones for all systems.</summary>
internal static class Issuer
{
    private const string KeyId = "bench";

    // Longer than any run.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(2);

    public static async Task<int> Run(string port, string customers, string file)
    {
        var url = "http://127.0.0.1:" + port;
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = new ECDsaSecurityKey(ecdsa) { KeyId = KeyId };
        var count = int.Parse(customers, CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(
            file, SampleCustomers.Take(count).Select(c => Token(url, key, c.Id, "utc")));
        var riders = SampleOrders.AllRiders.ToDictionary(r => r, r => Token(url, key, r, "utd"));
        await File.WriteAllLinesAsync(
            file + "-riders",
            from number in Enumerable.Range(0, SampleOrders.PerCustomer)
            from customer in Enumerable.Range(0, count)
            select riders[SampleOrders.RiderOf(customer, number)]
                + "\t" + SampleOrders.PollPath(customer, number));

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(url);
        var app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => Results.Text(
            $$"""{"issuer":"{{url}}","jwks_uri":"{{url}}/keys"}""", "application/json"));
        app.MapGet("/keys", () => Results.Text(KeySet(ecdsa), "application/json"));
        await app.StartAsync();
        Console.WriteLine("ready");
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static string Token(string issuer, ECDsaSecurityKey key, Guid subject, string role) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = Bearer.Audience,
            Claims = new Dictionary<string, object> { ["sub"] = subject.ToString(), ["role"] = role },
            IssuedAt = DateTime.UtcNow,
            Expires = DateTime.UtcNow + Lifetime,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256),
        });

    private static string KeySet(ECDsa ecdsa)
    {
        var point = ecdsa.ExportParameters(includePrivateParameters: false).Q;
        return $$"""
            {"keys":[{"kty":"EC","use":"sig","alg":"ES256","crv":"P-256","kid":"{{KeyId}}",
            "x":"{{Base64UrlEncoder.Encode(point.X)}}","y":"{{Base64UrlEncoder.Encode(point.Y)}}"}]}
            """;
    }
}
