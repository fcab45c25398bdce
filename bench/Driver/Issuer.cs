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

    // Tokens of the order system, and of administrators: more than one, as limits are per token.
    private const int Machines = 500;

    // Longer than any run.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(2);

    public static async Task<int> Run(string port, string many, string file)
    {
        var url = "http://127.0.0.1:" + port;
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = new ECDsaSecurityKey(ecdsa) { KeyId = KeyId };
        var count = int.Parse(many, CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(
            file, SampleCustomers.Take(count).Select(c => Token(url, key, c.Id, "utc")));
        var orders = (
            from number in Enumerable.Range(0, SampleOrders.PerCustomer)
            from customer in Enumerable.Range(0, count)
            select (Customer: customer, Number: number)).ToList();
        var riders = SampleOrders.AllRiders.ToDictionary(r => r, r => Token(url, key, r, "utd"));
        await File.WriteAllLinesAsync(
            file + "-riders",
            orders.Select(o => $"{RiderOf(o)}\t{SampleOrders.PollPath(o.Customer, o.Number)}"));
        await File.WriteAllLinesAsync(
            file + "-contact",
            orders.Select(o => $"{RiderOf(o)}\t{SampleOrders.ContactPath(o.Customer, o.Number)}"));
        var staff = SampleOrders.Staff
            .Select(s => Token(url, key, s, "utb", ("branch_id", SampleOrders.Branch))).ToList();
        await File.WriteAllLinesAsync(
            file + "-branch",
            orders.Select((o, i) =>
                $"{staff[i % staff.Count]}\t{SampleOrders.BranchPath(o.Customer, o.Number)}"));

        var customers = await File.ReadAllLinesAsync(file);
        await File.WriteAllLinesAsync(file + "-one", customers.Take(1));
        // Each pass over all customers makes another of their addresses the default.
        await File.WriteAllLinesAsync(
            file + "-toggle",
            from number in Enumerable.Range(1, SampleAddresses.PerCustomer)
            from customer in Enumerable.Range(0, count)
            let path = SampleAddresses.DefaultPath(customer, number % SampleAddresses.PerCustomer)
            select $"{customers[customer]}\t{path}");
        foreach (var (role, name) in new[] { ("uts", "-systems"), ("uta", "-admins") })
        {
            await File.WriteAllLinesAsync(
                file + name, SampleOrders.Staff.Take(Machines).Select(s => Token(url, key, s, role)));
        }

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

        string RiderOf((int Customer, int Number) o) =>
            riders[SampleOrders.RiderOf(o.Customer, o.Number)];
    }

    private static string Token(
        string issuer, ECDsaSecurityKey key, Guid subject, string role,
        params ReadOnlySpan<(string Name, Guid Value)> more)
    {
        var claims =
            new Dictionary<string, object> { ["sub"] = subject.ToString(), ["role"] = role };
        foreach (var (name, value) in more) claims[name] = value.ToString();
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = Bearer.Audience,
            Claims = claims,
            IssuedAt = DateTime.UtcNow,
            Expires = DateTime.UtcNow + Lifetime,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256),
        });
    }

    private static string KeySet(ECDsa ecdsa)
    {
        var point = ecdsa.ExportParameters(includePrivateParameters: false).Q;
        return $$"""
            {"keys":[{"kty":"EC","use":"sig","alg":"ES256","crv":"P-256","kid":"{{KeyId}}",
            "x":"{{Base64UrlEncoder.Encode(point.X)}}","y":"{{Base64UrlEncoder.Encode(point.Y)}}"}]}
            """;
    }
}
