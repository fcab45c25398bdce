using System.Net;
using System.Text.Json;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Operation;

/// <summary>The OpenAPI document: complete in itself, and true of the answers.</summary>
public sealed class DocumentTests(ServiceFixture service)
{
    private const string ExampleEmail = "ann@example.org";

    [Fact]
    public async Task Document_EveryOperation_IsDescribed()
    {
        var document = await Read();

        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.1");
        foreach (var (name, operation) in OperationsOf(document))
        {
            operation.GetProperty("operationId").GetString().ShouldNotBeNullOrEmpty(name);
            operation.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty(name);
            operation.GetProperty("tags").GetArrayLength().ShouldBe(1, name);
            operation.GetProperty("responses").EnumerateObject()
                .Any(response => response.Name.StartsWith('2')).ShouldBeTrue(name);
            if (name.StartsWith("patch", StringComparison.Ordinal))
                operation.TryGetProperty("requestBody", out _).ShouldBeTrue(name);
            if (name.Contains("/api/utc", StringComparison.Ordinal))
                operation.GetProperty("security")[0].ToString().ShouldContain("bearer");
        }
    }

    [Fact]
    public async Task Document_EveryReference_LeadsSomewhere()
    {
        var document = await Read();

        foreach (var reference in References(document))
        {
            var at = document;
            foreach (var step in reference.Split('/')[1..])
                at.TryGetProperty(step, out at).ShouldBeTrue(reference);
        }
    }

    [Fact]
    public async Task Document_ExamplesOfBodies_AreAccepted()
    {
        var document = await Read();
        var customer = await service.Api.CreateGuest();
        var address = await customer.AddAddress();

        foreach (var (name, operation) in OperationsOf(document))
        {
            if (!name.Contains("/api/utc", StringComparison.Ordinal)) continue;
            if (!operation.TryGetProperty("requestBody", out var body)) continue;
            // A body without members has no example.
            var example = body.GetProperty("content").GetProperty("application/json")
                .TryGetProperty("example", out var shown) ? shown.GetRawText() : "{}";
            // Others may have written to the example's contact a moment ago.
            example = example.Replace(ExampleEmail, Contacts.NewEmail(), StringComparison.Ordinal);
            var path = name.Split(' ')[1].Replace("{id}", $"{address}", StringComparison.Ordinal);

            var answer = await customer.Send(name.Split(' ')[0].ToUpperInvariant(), path, example);

            // No example can name a change or link of this customer: well-formed, but not found.
            if (name.EndsWith("verify-change", StringComparison.Ordinal)
                || name.EndsWith("resend-change", StringComparison.Ordinal)
                || name.EndsWith("account-links/{id}/verify", StringComparison.Ordinal))
            {
                answer.ShouldBeProblem(404, "not-found");
                continue;
            }

            // No example stays as fresh as what an app tells has to be.
            if (name.EndsWith("activity", StringComparison.Ordinal))
            {
                answer.ShouldBeProblem(400, "invalid-member", "events[0].at");
                continue;
            }

            ((int)answer.Status).ShouldBeInRange(200, 202, $"{name}: {answer.Text}");
        }
    }

    [Fact]
    public async Task Document_SchemasOfAnswers_NameTheirMembers()
    {
        var document = await Read();
        var customer = await service.Api.CreateGuest();
        var address = await customer.Post(Customer.AddressesPath, Customer.Home);
        var list = await customer.Get(Customer.AddressesPath);
        var admin = await service.Api.Token("uta", Guid.NewGuid());
        var media = await customer.Post(
            "/api/utc/media", """{"content_type":"image/png","bytes":10}""");
        (string Schema, Answer Answer)[] pairs =
        [
            ("ProfileView", await customer.Profile()), ("AddressView", address),
            ("AddressList", list), ("MediaView", media),
            ("ContactChangeView", await customer.Post(ContactChange.RequestPath,
                ContactChange.BodyOf("email", Contacts.NewEmail()))),
            ("HistoryList", await customer.Get("/api/utc/history")),
            ("AccessLogList", await customer.Get("/api/utc/access-log")),
            ("StaffCustomerView",
                await service.Api.Get($"/api/admin/customers/{customer.Id}", admin)),
            ("SegmentList", await service.Api.Get("/api/admin/segments", admin)),
            ("CounterList", await service.Api.Get("/api/admin/metrics", admin)),
            ("AuditCheckView", await service.Api.Post("/api/admin/audit/verify", "{}", admin)),
            ("HealthView", await service.Api.Get("/health/live")),
            ("TokensView", await service.Api.Post("/api/auth/guest", "{}")),
            ("KeySetView", await service.Api.Get("/.well-known/jwks.json")),
        ];

        foreach (var (schema, answer) in pairs)
        {
            var described = document.GetProperty("components").GetProperty("schemas")
                .GetProperty(schema).GetProperty("properties").EnumerateObject();
            answer.Json.EnumerateObject().Select(member => member.Name)
                .ShouldBe(described.Select(member => member.Name), ignoreOrder: true);
        }
    }

    private async Task<JsonElement> Read() =>
        (await service.Api.Get("/openapi/v1.json")).ShouldBe(HttpStatusCode.OK).Json;

    private static IEnumerable<(string Name, JsonElement Operation)> OperationsOf(
        JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select ($"{operation.Name} {path.Name}", operation.Value);

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member.Name == "$ref" ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
