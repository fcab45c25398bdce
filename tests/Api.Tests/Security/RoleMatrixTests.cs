using System.Net;
using System.Security.Cryptography;
using System.Text;
using CustomerGrains.Api.Tests.Http;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Security;

/// <summary>Every operation of the document against every role, and against tokens that are none;
/// an operation without a line here fails.</summary>
[Trait("Section", "S1")]
public sealed class RoleMatrixTests(ServiceFixture service, ITestOutputHelper output)
{
    private const string Anybody = "anybody";
    private const int SpoiledWays = 4;

    private static readonly string[] Roles = ["utc", "utb", "uta", "utd", "uts"];

    /// <summary>Operation to the one role that may, or <see cref="Anybody"/>.</summary>
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["post /api/auth/otp"] = Anybody,
        ["post /api/auth/token"] = Anybody,
        ["post /api/auth/refresh"] = Anybody,
        ["post /api/auth/sign-out"] = Anybody,
        ["post /api/auth/guest"] = Anybody,
        ["post /api/contact-undo"] = Anybody,
        ["get /.well-known/jwks.json"] = Anybody,
        ["get /health/live"] = Anybody,
        ["get /health/ready"] = Anybody,
        ["post /dev/token"] = Anybody,
        ["get /dev/messages"] = Anybody,
        ["get /api/utc/profile"] = "utc",
        ["patch /api/utc/profile"] = "utc",
        ["post /api/utc/profile/request-change"] = "utc",
        ["post /api/utc/profile/resend-change"] = "utc",
        ["post /api/utc/profile/verify-change"] = "utc",
        ["delete /api/utc/profile/changes/{id}"] = "utc",
        ["post /api/utc/media"] = "utc",
        ["get /api/utc/addresses"] = "utc",
        ["post /api/utc/addresses"] = "utc",
        ["patch /api/utc/addresses/{id}"] = "utc",
        ["delete /api/utc/addresses/{id}"] = "utc",
        ["patch /api/utc/addresses/{id}/default"] = "utc",
        ["get /api/utc/eligibility"] = "utc",
        ["post /api/utc/account-links"] = "utc",
        ["post /api/utc/account-links/{id}/verify"] = "utc",
        ["get /api/utc/account-links/{id}"] = "utc",
        ["post /api/admin/customers/{id}/merge/preview"] = "uta",
        ["post /api/admin/customers/{id}/merge"] = "uta",
        ["post /api/admin/customers/{id}/merge/undo"] = "uta",
        ["get /api/admin/merges/{id}"] = "uta",
        ["post /api/orders"] = "uts",
        ["get /api/orders/{id}"] = "uts",
        ["post /api/orders/{id}/status"] = "uts",
        ["get /api/utd/orders/{id}/contact"] = "utd",
        ["get /api/utd/orders/{id}/phone-updated"] = "utd",
        ["post /api/utd/orders/{id}/contact/ack"] = "utd",
        ["get /api/utb/orders"] = "utb",
        ["get /api/utb/orders/{id}/customer"] = "utb",
        ["get /api/admin/policies/category-ages"] = "uta",
        ["put /api/admin/policies/category-ages"] = "uta",
        ["get /api/admin/policies/tiers"] = "uta",
        ["put /api/admin/policies/tiers"] = "uta",
        ["get /api/admin/policies/completion"] = "uta",
        ["put /api/admin/policies/completion"] = "uta",
        ["get /api/admin/policies/risk"] = "uta",
        ["put /api/admin/policies/risk"] = "uta",
        ["post /api/admin/audit/verify"] = "uta",
        ["post /api/utc/privacy/export"] = "utc",
        ["get /api/utc/privacy/export/{id}"] = "utc",
        ["post /api/utc/privacy/erasure"] = "utc",
        ["get /api/utc/privacy/erasure"] = "utc",
        ["delete /api/utc/privacy/erasure"] = "utc",
        ["get /api/utc/history"] = "utc",
        ["post /api/utc/activity"] = "utc",
        ["get /api/admin/metrics"] = "uta",
        ["get /api/admin/segments"] = "uta",
        ["get /api/admin/customers"] = "uta",
        ["get /api/admin/addresses/nearest"] = "uta",
        ["get /api/admin/heatmap"] = "uta",
        ["post /api/admin/imports"] = "uta",
        ["get /api/admin/imports/{id}"] = "uta",
        ["get /api/admin/customers/{id}"] = "uta",
        ["get /api/utc/access-log"] = "utc",
        ["get /api/admin/customers/{id}/history"] = "uta",
        ["get /api/admin/customers/{id}/access-log"] = "uta",
        ["post /api/admin/customers/{id}/block"] = "uta",
        ["post /api/admin/customers/{id}/unblock"] = "uta",
        ["post /api/admin/customers/{id}/verification"] = "uta",
    };

    [Fact]
    public async Task EveryOperation_ByEveryRole_IsAsExpected()
    {
        var customer = await service.Api.CreateGuest();
        var tokens = new Dictionary<string, string> { ["utc"] = customer.Token };
        foreach (var role in Roles[1..])
            tokens[role] = await service.Api.Token(role, Guid.NewGuid(), BranchOf(role));
        var operations = await Operations();

        operations.ShouldBe(Expected.Keys, ignoreOrder: true);
        string[] invalid = [.. tokens.Values.SelectMany(Spoiled)];
        var cells = 0;
        foreach (var operation in operations)
        {
            await Check(operation, role: null, token: null);
            foreach (var (role, token) in tokens) await Check(operation, role, token);
            foreach (var token in invalid) await Check(operation, role: null, token);
            cells += 1 + tokens.Count + invalid.Length;
        }

        output.WriteLine(Scoreboard.Add("S1", ("operations", operations.Length),
            ("cells_defined", Expected.Count * (1 + Roles.Length + Roles.Length * SpoiledWays)),
            ("cells_checked", cells), ("wrong", 0)));
    }

    /// <summary>Unsigned; signed by somebody else, as this and as another algorithm; signed over
    /// other claims.</summary>
    private static string[] Spoiled(string token)
    {
        var claims = Jwt.ClaimsOf(token);
        var kid = Jwt.HeaderOf(token).GetProperty("kid").GetString();
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parts = token.Split('.');
        var admin = Jwt.Make(
            new { alg = "ES256", kid }, new { sub = Guid.NewGuid(), role = "uta" }, _ => []);
        return
        [
            Jwt.Make(new { alg = "none", typ = "JWT" }, claims, _ => []),
            Jwt.Make(new { alg = "ES256", kid }, claims, stranger.SignEs256),
            Jwt.Make(
                new { alg = "HS256", kid }, claims,
                content => HMACSHA256.HashData(Encoding.ASCII.GetBytes(kid!), content)),
            $"{parts[0]}.{admin.Split('.')[1]}.{parts[2]}",
        ];
    }

    private async Task Check(string operation, string? role, string? token)
    {
        var (method, path) = (operation.Split(' ')[0], operation.Split(' ')[1]);
        var call = new Call(
            method.ToUpperInvariant(),
            path.Replace("{id}", Guid.NewGuid().ToString(), StringComparison.Ordinal));
        var answer = await service.Api.Send((call with { Token = token }).With("{}"));
        var who = $"{operation} by {role ?? "nobody"}";
        var expected = Expected[operation];

        if (expected != Anybody && role is null)
            answer.Status.ShouldBe(HttpStatusCode.Unauthorized, who);
        else if (expected != Anybody && role != expected)
            answer.ShouldBeProblem(403, "role-forbidden");
        else
            new[] { 401, 403 }.ShouldNotContain((int)answer.Status, who);
    }

    private async Task<string[]> Operations()
    {
        var document = (await service.Api.Get("/openapi/v1.json")).ShouldBe(HttpStatusCode.OK).Json;
        return
        [
            .. from path in document.GetProperty("paths").EnumerateObject()
               from operation in path.Value.EnumerateObject()
               select $"{operation.Name} {path.Name}",
        ];
    }

    private static Guid? BranchOf(string role) => role == "utb" ? Guid.NewGuid() : null;
}
