using System.Net;
using System.Text.Json;
using CustomerGrains.Api.Tests.Http;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

public sealed class AuditTests(ServiceFixture service)
{
    private const string VerifyPath = "/api/admin/audit/verify";

    [Fact]
    public async Task Verify_AfterCommits_CountsTheirRowsAndFindsNothingBroken()
    {
        var admin = await service.Api.Token("uta", Guid.NewGuid());
        var before = (await Verify(admin)).GetProperty("rows").GetInt64();
        var customer = await service.Api.CreateGuest();
        for (var i = 0; i < 3; i++)
            (await customer.Edit($$"""{"name":"Name {{i}}"}""")).ShouldBe(HttpStatusCode.OK);
        var written = (await customer.Profile()).Json.GetProperty("updated_at").GetDateTimeOffset();

        await Eventually.Holds("the rows are sealed", async () =>
        {
            var check = await Verify(admin);
            check.GetProperty("first_broken").ValueKind.ShouldBe(JsonValueKind.Null);
            return check.GetProperty("rows").GetInt64() >= before + 4
                && check.GetProperty("verified_to").GetDateTimeOffset() >= written;
        }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Verify_WithMembers_RefusesThem()
    {
        var admin = await service.Api.Token("uta", Guid.NewGuid());

        (await service.Api.Post(VerifyPath, """{"partition":1}""", admin))
            .ShouldBeProblem(400, "unknown-member", "partition");
        (await service.Api.Post(VerifyPath, "[]", admin)).ShouldBeProblem(400, "malformed-body");
    }

    private async Task<JsonElement> Verify(string token)
    {
        var answer = (await service.Api.Post(VerifyPath, "{}", token)).ShouldBe(HttpStatusCode.OK);
        answer.Json.EnumerateObject().Select(member => member.Name)
            .ShouldBe(["rows", "verified_to", "first_broken"]);
        return answer.Json;
    }
}
