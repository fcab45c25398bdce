using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CustomerGrains.Api.Tests.Http;
using CustomerGrains.Api.Tests.Operation;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Security;

/// <summary>A front end that trusts an external authority. Its keys being ours, tokens can be
/// wrong in one claim at a time.</summary>
public sealed class ExternalAuthorityTests(ServiceFixture service) : IAsyncLifetime
{
    private readonly Authority authority = new();
    private SecondApi second = null!;
    private Customer customer = null!;

    public async ValueTask InitializeAsync()
    {
        second = await SecondApi.Start(service, ("Auth__Authority", authority.Issuer));
        customer = await service.Api.CreateGuest();
    }

    public async ValueTask DisposeAsync()
    {
        await second.DisposeAsync();
        authority.Dispose();
    }

    [Fact]
    public async Task Tokens_OfTheAuthority_AreAccepted()
    {
        var claims = authority.Claims(customer.Id);

        (await Profile(authority.Sign(claims))).ShouldBe(HttpStatusCode.OK);
        (await Profile(authority.SignRs256(claims))).ShouldBe(HttpStatusCode.OK);
        (await Profile(customer.Token)).ShouldBeProblem(401, "token-invalid");
    }

    [Fact]
    public async Task Tokens_WrongInOneClaim_AreRefused()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        (string Claim, JsonNode? Value)[] wrong =
        [
            ("aud", "another-service"), ("aud", ""), ("aud", new JsonArray()), ("aud", null),
            ("iss", "http://127.0.0.1:1"), ("iss", "customer-grains"), ("iss", null),
            ("exp", now - 60), ("exp", 0), ("exp", -1), ("exp", null), ("exp", "soon"),
            ("nbf", now + 60),
            ("sub", "42"), ("sub", ""), ("sub", 42), ("sub", null),
            ("role", "god"), ("role", "UTC"), ("role", ""), ("role", 1), ("role", null),
            ("role", new JsonArray("utc", "uta")),
            ("iat", null), ("iat", -1), ("iat", 1e300), ("iat", "yesterday"),
        ];

        foreach (var (claim, value) in wrong)
        {
            var claims = authority.Claims(customer.Id);
            if (value is null) claims.Remove(claim);
            else claims[claim] = value;
            var answer = await Profile(authority.Sign(claims));
            answer.Status.ShouldBe(
                HttpStatusCode.Unauthorized, $"{claim}: {value?.ToJsonString()}");
            answer.Code.ShouldBe("token-invalid");
        }
    }

    [Fact]
    public async Task Tokens_CheckedAnotherWay_AreRefused()
    {
        var claims = authority.Claims(customer.Id);
        var publicKey = authority.Rsa.ExportSubjectPublicKeyInfoPem();
        var confused = Jwt.Make(new { alg = "HS256", kid = "rsa" }, claims, content =>
            HMACSHA256.HashData(System.Text.Encoding.ASCII.GetBytes(publicKey), content));
        var longer = Jwt.Make(new { alg = "RS512", kid = "rsa" }, claims, content =>
            authority.Rsa.SignData(content, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1));
        var padded = Jwt.Make(new { alg = "PS256", kid = "rsa" }, claims, content =>
            authority.Rsa.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pss));
        var unsigned = Jwt.Make(new { alg = "none", kid = "rsa" }, claims, _ => []);

        foreach (var token in (string[])[confused, longer, padded, unsigned])
            (await Profile(token)).ShouldBeProblem(401, "token-invalid");
    }

    [Fact]
    public async Task Token_Expiring_IsRefusedAlthoughItWasAccepted()
    {
        var claims = authority.Claims(customer.Id);
        // The first call fetches the authority's keys; the second must not wait for that.
        (await Profile(authority.Sign(claims))).ShouldBe(HttpStatusCode.OK);
        // Ten seconds of tolerance for clocks: this one is accepted for about seven more.
        claims["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 3;
        var token = authority.Sign(claims);
        (await Profile(token)).ShouldBe(HttpStatusCode.OK);

        await CustomerGrains.Tests.Support.Eventually.Holds("the token expires",
            async () => (await Profile(token)).Status == HttpStatusCode.Unauthorized,
            TestContext.Current.CancellationToken);
    }

    private Task<Answer> Profile(string token) => second.Api.Get(Customer.ProfilePath, token);
}
