using System.Net;
using System.Text;
using System.Text.Json;
using CustomerGrains.Api.Tests.Http;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

public sealed class ImportTests(ServiceFixture service)
{
    private const string Path = "/api/admin/imports";
    private const string Lines = "application/x-ndjson";

    [Fact]
    public async Task Import_IsAcceptedAndWorkedOff_AndItsCustomersSignIn()
    {
        var admin = await Admin.Create(service.Api);
        var (email, id) = (Contacts.NewEmail(), Guid.NewGuid());
        var body = $$"""
            {"external_id":"{{id}}","name":"Asha Rao","email":"{{email}}"}

            {"external_id":"{{id}}","name":"Twice"}
            {"phone":"nobody's"}
            """;

        var started = await Post(admin, body);
        started.Status.ShouldBe(HttpStatusCode.Accepted, started.Text);
        started.Json.EnumerateObject().Select(one => one.Name).ShouldBe(["import_id"]);
        var done = await Done(admin, started.Member("import_id"));

        done.EnumerateObject().Select(one => one.Name).ShouldBe(
            ["state", "rows_done", "rows_total", "created", "refused", "report"]);
        (Number(done, "rows_done"), Number(done, "rows_total"), Number(done, "created"),
            Number(done, "refused")).ShouldBe((3, 3, 1, 2));
        done.GetProperty("report").EnumerateArray().Select(r => (
                Number(r, "line"), r.GetProperty("code").GetString()))
            .ShouldBe([(3, "already-imported"), (4, "invalid-member")]);
        var customer = await service.Api.SignUp("email", email);
        (await customer.Profile()).Member("name").ShouldBe("Asha Rao");
        (await customer.Get("/api/utc/history")).Text.ShouldContain("\"imported\"");
    }

    [Fact]
    public async Task Import_OfManyLines_InPieces_LosesNone()
    {
        var admin = await Admin.Create(service.Api);
        var tag = Guid.NewGuid().ToString("N")[..10];
        var body = new StringBuilder();
        for (var i = 0; i < 3000; i++)
            body.Append($$"""{"external_id":"{{tag}}-{{i}}","name":"{{tag}} {{i}}"}""").Append("\r\n");
        body.Append('{').Append(new string(' ', 70_000)).Append("}\n");
        body.Append($$"""{"external_id":"{{tag}}-last"}""");

        var started = await Post(admin, body.ToString());
        var done = await Done(admin, started.Member("import_id"));

        (Number(done, "rows_total"), Number(done, "created")).ShouldBe((3002, 3001));
        done.GetProperty("report")[0].GetRawText().ShouldBe(
            """{"line":3001,"code":"line-too-long","detail":"The line is longer than 64 KiB."}""");
    }

    [Fact]
    public async Task Repeated_UnderItsKey_IsTheSameImport()
    {
        var admin = await Admin.Create(service.Api);
        var key = Guid.NewGuid().ToString();
        var first = await Post(admin, "{}", key);
        var again = await Post(admin, "{}", key);
        again.Body.ShouldBe(first.Body);
        again.Header("Idempotent-Replayed").ShouldBe("true");
        (await Post(admin, "{}\n", key)).ShouldBeProblem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task Refusals_ComeInTheirOrder()
    {
        var admin = await Admin.Create(service.Api);
        var call = new Call("POST", Path) { Token = admin.Token }.With("{}");
        (await service.Api.Send(call with { Key = "a b" })).ShouldBeProblem(400, "invalid-header");
        (await service.Api.Send(call)).ShouldBeProblem(415, "unsupported-media-type");
        (await service.Api.Send(call with { ContentType = null }))
            .ShouldBeProblem(415, "unsupported-media-type");
        (await service.Api.Send(call with { ContentType = Lines + "; charset=latin1" }))
            .ShouldBeProblem(415, "unsupported-media-type");
        (await service.Api.Get($"{Path}/{Guid.NewGuid()}", admin.Token))
            .ShouldBeProblem(404, "not-found");
        var empty = await Post(admin, "");
        (await Done(admin, empty.Member("import_id"))).GetProperty("rows_total").GetInt32()
            .ShouldBe(0);
    }

    private Task<Answer> Post(Admin admin, string body, string? key = null) => service.Api.Send(
        new Call("POST", Path) { Token = admin.Token, Key = key, ContentType = Lines }.With(body)
            with { ContentType = Lines });

    private async Task<JsonElement> Done(Admin admin, string import)
    {
        JsonElement found = default;
        await Eventually.Holds("the import is done", async () =>
        {
            found = (await service.Api.Get($"{Path}/{import}", admin.Token))
                .ShouldBe(HttpStatusCode.OK).Json;
            return found.GetProperty("state").GetString() == "done";
        }, TestContext.Current.CancellationToken);
        return found;
    }

    private static int Number(JsonElement element, string name) =>
        element.GetProperty(name).GetInt32();
}
