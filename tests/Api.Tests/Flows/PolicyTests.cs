using System.Globalization;
using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

/// <summary>The policy is one for the whole service: these tests keep alcohol and tobacco at 18
/// and use categories of their own.</summary>
public sealed class PolicyTests(ServiceFixture service)
{
    private const string PolicyPath = "/api/admin/policies/category-ages";

    [Fact]
    public async Task Eligibility_FollowsThePolicyAndTheDateOfBirth()
    {
        var customer = await service.Api.SignUp();
        (await Eligibility(customer, "alcohol")).ShouldBe(
            """{"category":"alcohol","allowed":false,"code":"age-unknown","minimum_age":18}""");
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        await Born(customer, today.AddYears(-17));
        (await Eligibility(customer, "alcohol")).ShouldBe(
            """{"category":"alcohol","allowed":false,"code":"underage","minimum_age":18}""");
        await Born(customer, today.AddYears(-19));
        (await Eligibility(customer, "alcohol")).ShouldBe(
            """{"category":"alcohol","allowed":true,"code":null,"minimum_age":18}""");
        (await Eligibility(customer, "bread")).ShouldBe(
            """{"category":"bread","allowed":true,"code":null,"minimum_age":null}""");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?category=")]
    [InlineData("?category=Alcohol")]
    [InlineData("?category=a&category=b")]
    [InlineData("?category=%00")]
    public async Task Eligibility_OfNoCategory_IsInvalid(string query)
    {
        var customer = await service.Api.CreateGuest();
        (await customer.Get("/api/utc/eligibility" + query))
            .ShouldBeProblem(400, "invalid-member", "category");
    }

    [Fact]
    public async Task Replace_FromThePresentVersion_CountsWithinSeconds()
    {
        var admin = Guid.NewGuid();
        var token = await service.Api.Token("uta", admin);
        var category = "c" + Guid.NewGuid().ToString("N");
        var customer = await service.Api.SignUp();
        var version = (await service.Api.Get(PolicyPath, token)).ShouldBe(HttpStatusCode.OK)
            .Json.GetProperty("version").GetInt64();
        var body = Body(version, category, 21);

        var replaced = await Put(token, body);

        replaced.ShouldBe(HttpStatusCode.OK).Json.EnumerateObject().Select(one => one.Name)
            .ShouldBe(["name", "version", "document", "changed_at", "changed_by"], ignoreOrder: true);
        replaced.Member("version").ShouldBe((version + 1).ToString(CultureInfo.InvariantCulture));
        replaced.Member("changed_by").ShouldBe(admin.ToString());
        (await Eligibility(customer, category)).ShouldContain("\"code\":\"age-unknown\"");
        (await Put(token, body)).Body.ShouldBe(replaced.Body, "the same, once more");
        (await Put(token, Body(version, category, 20))).ShouldBeProblem(412, "version-mismatch");
        (await Put(token, Body(long.MaxValue, category, 20))).ShouldBeProblem(
            412, "version-mismatch");
        (await service.Api.Get(PolicyPath, token)).Body.ShouldBe(replaced.Body);
    }

    /// <summary>What it says stays as it is: other tests go by it.</summary>
    [Theory]
    [InlineData("tiers", "vip", """{"regular":{"orders":3}}""")]
    [InlineData("completion", "phone", """{"phone":99}""")]
    [InlineData("risk", "otp-failures", """{"otp-failures":{"points":-1,"free":0,"max":1}}""")]
    public async Task Replace_EveryPolicy_FromThePresentVersion(
        string policy, string member, string bad)
    {
        var path = "/api/admin/policies/" + policy;
        var admin = Guid.NewGuid();
        var token = await service.Api.Token("uta", admin);
        var present = (await service.Api.Get(path, token)).ShouldBe(HttpStatusCode.OK).Json;
        present.GetProperty("name").GetString().ShouldBe(policy);
        var document = present.GetProperty("document");
        document.TryGetProperty(member, out _).ShouldBeTrue();
        var version = present.GetProperty("version").GetInt64();
        var body = $$"""{"version":{{version}},"document":{{document.GetRawText()}} }""";

        var replaced = (await Put(token, body, path)).ShouldBe(HttpStatusCode.OK);

        replaced.Json.GetProperty("version").GetInt64().ShouldBe(version + 1);
        replaced.Member("changed_by").ShouldBe(admin.ToString());
        replaced.Json.GetProperty("document").GetRawText().ShouldBe(document.GetRawText());
        (await Put(token, body, path)).Body.ShouldBe(replaced.Body, "the same, once more");
        (await Put(await service.Api.Token("uta", Guid.NewGuid()), body, path))
            .ShouldBeProblem(412, "version-mismatch");
        (await Put(token, $$"""{"version":1,"document":{{bad}} }""", path))
            .ShouldBeProblem(400, "invalid-member", "document");
        (await service.Api.Get("/api/admin/policies/unheard-of", token))
            .ShouldBeProblem(404, "not-found");
    }

    [Theory]
    [InlineData("""{"version":1,"document":{"alcohol":131}}""", "invalid-member", "document")]
    [InlineData("""{"version":1,"document":{"alcohol":-1}}""", "invalid-member", "document")]
    [InlineData("""{"version":1,"document":{"Alcohol":18}}""", "invalid-member", "document")]
    [InlineData("""{"version":1,"document":{"alcohol":18.5}}""", "invalid-member", "document")]
    [InlineData("""{"version":1,"document":[]}""", "invalid-member", "document")]
    [InlineData("""{"version":1}""", "invalid-member", "document")]
    [InlineData("""{"document":{}}""", "invalid-member", "version")]
    [InlineData("""{"version":0,"document":{}}""", "invalid-member", "version")]
    [InlineData("""{"version":1,"document":{},"changed_by":null}""", "read-only-member", "changed_by")]
    public async Task Replace_WithABadBody_NamesTheMember(string body, string code, string member)
    {
        var token = await service.Api.Token("uta", Guid.NewGuid());
        (await Put(token, body)).ShouldBeProblem(400, code, member);
    }

    private static string Body(long version, string category, int age) =>
        $$"""{"version":{{version}}, "document":{"alcohol":18, "tobacco":18, "{{category}}":{{age}} } }""";

    private Task<Answer> Put(string token, string body, string path = PolicyPath) =>
        service.Api.Send(new Call("PUT", path) { Token = token }.With(body));

    private static async Task<string> Eligibility(Customer customer, string category) =>
        (await customer.Get($"/api/utc/eligibility?category={category}"))
            .ShouldBe(HttpStatusCode.OK).Text;

    private static async Task Born(Customer customer, DateOnly date) => (await customer.Edit(
        $$"""{"date_of_birth":"{{date.ToString("O", CultureInfo.InvariantCulture)}}"}"""))
        .ShouldBe(HttpStatusCode.OK);
}
