using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Security;

/// <summary>Tokens that must not be accepted by the service's own issuer.</summary>
public sealed class TokenTests(ServiceFixture service)
{
    private async Task ShouldBeRefused(string? token)
    {
        var answer = await service.Api.Get(Customer.ProfilePath, token);

        answer.ShouldBeProblem(401, "token-invalid");
        answer.Header("WWW-Authenticate").ShouldBe("Bearer error=\"invalid_token\"");
    }

    [Fact]
    public async Task AnyCall_WithoutToken_IsToldWhatIsMissing()
    {
        var answer = await service.Api.Get(Customer.ProfilePath);

        answer.ShouldBeProblem(401, "token-missing");
        answer.Header("WWW-Authenticate").ShouldBe("Bearer");
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("bearer: x")]
    public async Task AnyCall_OtherAuthorization_IsRefused(string authorization)
    {
        var answer = await service.Api.Send(new Call("GET", Customer.ProfilePath)
        {
            Headers = [("Authorization", authorization)],
        });

        answer.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("x.y.z")]
    [InlineData("..")]
    [InlineData("....")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.")]
    [InlineData("a.b.c.d.e")]
    public Task AnyCall_NoToken_IsRefused(string token) => ShouldBeRefused(token);

    [Fact]
    public async Task AnyCall_TamperedToken_IsRefused()
    {
        var customer = await service.Api.CreateGuest();
        var other = await service.Api.CreateGuest();
        (await customer.Profile()).ShouldBe(HttpStatusCode.OK); // It is in the cache now.
        var mine = customer.Token.Split('.');
        var theirs = other.Token.Split('.');

        await ShouldBeRefused($"{mine[0]}.{theirs[1]}.{mine[2]}");
        await ShouldBeRefused($"{mine[0]}.{mine[1]}.{theirs[2]}");
        await ShouldBeRefused($"{mine[0]}.{mine[1]}.");
        await ShouldBeRefused($"{mine[0]}.{mine[1]}");
        for (var i = 0; i < customer.Token.Length; i += 17)
            await ShouldBeRefused(Flip(customer.Token, i));
        (await customer.Profile()).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task AnyCall_UnsignedToken_IsRefused()
    {
        var claims = Jwt.ClaimsOf((await service.Api.CreateGuest()).Token);

        foreach (var algorithm in (string[])["none", "None", "NONE", ""])
            await ShouldBeRefused(Jwt.Make(new { alg = algorithm, typ = "JWT" }, claims, _ => []));
    }

    [Fact]
    public async Task AnyCall_SignedWithThePublicKeyAsSecret_IsRefused()
    {
        var customer = await service.Api.CreateGuest();
        var claims = Jwt.ClaimsOf(customer.Token);
        var kid = Jwt.HeaderOf(customer.Token).GetProperty("kid").GetString();
        var keys = await service.Api.Get("/.well-known/jwks.json");
        var key = keys.Json.GetProperty("keys")[0];
        byte[][] secrets =
        [
            keys.Body,
            Encoding.UTF8.GetBytes(key.GetRawText()),
            Base64Url.DecodeFromChars(key.GetProperty("x").GetString()),
            [.. Base64Url.DecodeFromChars(key.GetProperty("x").GetString()),
                .. Base64Url.DecodeFromChars(key.GetProperty("y").GetString())],
            Encoding.ASCII.GetBytes(Pem(key)),
        ];

        foreach (var secret in secrets)
        {
            await ShouldBeRefused(Jwt.Make(
                new { alg = "HS256", kid, typ = "JWT" }, claims,
                content => HMACSHA256.HashData(secret, content)));
        }
    }

    [Fact]
    public async Task AnyCall_SignedWithAnotherKey_IsRefused()
    {
        var token = (await service.Api.CreateGuest()).Token;
        var claims = Jwt.ClaimsOf(token);
        var kid = Jwt.HeaderOf(token).GetProperty("kid").GetString();
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        var jwk = new { kty = "EC", crv = "P-256", x = "AA", y = "AA" };

        await ShouldBeRefused(Jwt.Make(new { alg = "ES256", kid }, claims, stranger.SignEs256));
        await ShouldBeRefused(
            Jwt.Make(new { alg = "ES256", kid = "other" }, claims, stranger.SignEs256));
        await ShouldBeRefused(
            Jwt.Make(new { alg = "ES256", kid, jwk }, claims, stranger.SignEs256));
        await ShouldBeRefused(Jwt.Make(
            new { alg = "ES256", kid, jku = "http://127.0.0.1:1/keys" }, claims,
            stranger.SignEs256));
        await ShouldBeRefused(Jwt.Make(new { alg = "RS256", kid }, claims, rsa.SignRs256));
        await ShouldBeRefused(Jwt.Make(new { alg = "ES256", kid }, claims, _ => new byte[64]));
    }

    [Fact]
    public async Task AnyCall_TokenOfNobody_IsRefused() =>
        await ShouldBeRefused(await service.Api.Token("utc", Guid.NewGuid()));

    [Fact]
    public async Task KeySet_HoldsPublicHalvesOnly()
    {
        var keys = await service.Api.Get("/.well-known/jwks.json");

        keys.ShouldBe(HttpStatusCode.OK);
        foreach (var key in keys.Json.GetProperty("keys").EnumerateArray())
        {
            key.GetProperty("kty").GetString().ShouldBe("EC");
            key.GetProperty("crv").GetString().ShouldBe("P-256");
            key.TryGetProperty("d", out _).ShouldBeFalse();
        }
    }

    private static string Flip(string token, int index)
    {
        if (token[index] == '.') index++;
        var other = token[index] == 'A' ? 'Q' : 'A';
        return token[..index] + other + token[(index + 1)..];
    }

    private static string Pem(System.Text.Json.JsonElement key)
    {
        using var ec = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint
            {
                X = Base64Url.DecodeFromChars(key.GetProperty("x").GetString()),
                Y = Base64Url.DecodeFromChars(key.GetProperty("y").GetString()),
            },
        });
        return ec.ExportSubjectPublicKeyInfoPem();
    }
}
