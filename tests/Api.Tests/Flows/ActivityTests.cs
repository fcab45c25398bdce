using System.Net;
using System.Text.Json;
using CustomerGrains.Api.Tests.Http;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

public sealed class ActivityTests(ServiceFixture service)
{
    private const string ActivityPath = "/api/utc/activity";
    private const string MetricsPath = "/api/admin/metrics";

    [Fact]
    public async Task Activity_IsTakenOnceUnderItsKeyAndCounted()
    {
        var admin = await service.Api.Token("uta", Guid.NewGuid());
        var before = await Counted(admin, "activity_recorded");
        var customer = await service.Api.CreateGuest();
        var body = Body(Item("session_started"), Item("cart_abandoned"), Item("session_ended"));

        var first = await customer.Post(ActivityPath, body, "k");
        var again = await customer.Post(ActivityPath, body, "k");

        first.ShouldBe(HttpStatusCode.Accepted).Text.ShouldBe("{}");
        again.ShouldBe(HttpStatusCode.Accepted).IsReplay.ShouldBeTrue();
        again.Body.ShouldBe(first.Body);
        (await customer.Post(ActivityPath, Body(Item("session_ended")), "k"))
            .ShouldBeProblem(422, "idempotency-key-reused");
        (await customer.Profile()).Json.GetProperty("version").GetInt64().ShouldBe(2);
        await Eventually.Holds(
            "it is counted",
            async () => await Counted(admin, "activity_recorded") > before,
            TestContext.Current.CancellationToken);
        var newest = (await customer.Get("/api/utc/history")).Json.GetProperty("items")[0];
        newest.GetProperty("kind").GetString().ShouldBe("activity_recorded");
        newest.GetProperty("changes").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("""{}""", "invalid-member", "events")]
    [InlineData("""{"events":{}}""", "invalid-member", "events")]
    [InlineData("""{"events":null}""", "invalid-member", "events")]
    [InlineData("""{"events":[]}""", "invalid-member", "events")]
    [InlineData("""{"events":[1]}""", "invalid-member", "events")]
    [InlineData("""{"events":[null]}""", "invalid-member", "events")]
    [InlineData("""{"events":[{}]}""", "invalid-member", "events[0].kind")]
    [InlineData("""{"events":[{"kind":1,"at":"x","session_id":"s"}]}""", "invalid-member", "events[0].kind")]
    [InlineData("""{"events":[{"kind":"x","fax":1}]}""", "unknown-member", "events[0].fax")]
    [InlineData("""{"items":[]}""", "unknown-member", "items")]
    [InlineData("""[]""", "malformed-body", null)]
    public async Task Activity_WithABadBody_NamesTheMember(string body, string code, string? member)
    {
        var customer = await service.Api.CreateGuest();

        var answer = (await customer.Post(ActivityPath, body)).ShouldBeProblem(400, code);

        if (member is not null) answer.ErrorNames.ShouldContain(member);
    }

    [Fact]
    public async Task Activity_AtAndPastEachBound_IsTakenOrNamed()
    {
        var customer = await service.Api.CreateGuest();
        var now = DateTimeOffset.UtcNow;
        (string Item, string? Refused)[] cases =
        [
            (Item("session_started", now.AddDays(-30).AddMinutes(1)), null),
            (Item("session_started", now.AddDays(-30).AddMinutes(-1)), "at"),
            (Item("session_started", now.AddMinutes(4)), null),
            (Item("session_started", now.AddMinutes(6)), "at"),
            (Item("session_started", session: new string('~', 64)), null),
            (Item("session_started", session: new string('~', 65)), "session_id"),
            (Item("session_started", session: ""), "session_id"),
            (Item("session_started", session: "a b"), "session_id"),
            (Item("session_started", session: "é"), "session_id"),
            (Item("session_paused"), "kind"),
            (Item("SESSION_STARTED"), "kind"),
        ];

        foreach (var (item, refused) in cases)
        {
            var answer = await customer.Post(ActivityPath, Body(item));
            if (refused is null) answer.ShouldBe(HttpStatusCode.Accepted);
            else answer.ShouldBeProblem(400, "invalid-member", "events[0]." + refused);
        }

        var most = Enumerable.Repeat(Item("session_started", session: new string('"', 64)
            .Replace("\"", "\\\"", StringComparison.Ordinal)), 100).ToArray();
        (await customer.Post(ActivityPath, Body(most))).ShouldBe(HttpStatusCode.Accepted);
        (await customer.Post(ActivityPath, Body([.. most, most[0]])))
            .ShouldBeProblem(400, "invalid-member", "events");
    }

    [Fact]
    public async Task Metrics_AreByDayWithinTheAskedOnes()
    {
        var admin = await service.Api.Token("uta", Guid.NewGuid());
        await service.Api.CreateGuest();
        await Eventually.Holds(
            "the guest is counted",
            async () => await Counted(admin, "guest_created") > 0,
            TestContext.Current.CancellationToken);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);

        var answer = (await service.Api.Get(MetricsPath, admin)).ShouldBe(HttpStatusCode.OK);
        var past = await service.Api.Get(
            $"{MetricsPath}?from=2020-01-01&to=2020-12-31", admin);

        answer.Json.GetProperty("next_cursor").ValueKind.ShouldBe(JsonValueKind.Null);
        var day = answer.Json.GetProperty("items")[0];
        DateOnly.Parse(day.GetProperty("day").GetString()!, null)
            .ShouldBeInRange(today.AddDays(-1), today.AddDays(1));
        past.ShouldBe(HttpStatusCode.OK).Text.ShouldBe("""{"items":[],"next_cursor":null}""");
    }

    [Theory]
    [InlineData("?from=yesterday", "from")]
    [InlineData("?from=2026-13-01", "from")]
    [InlineData("?to=", "to")]
    [InlineData("?to=2026-01-01T00:00:00Z", "to")]
    [InlineData("?from=2026-02-01&to=2026-01-31", "to")]
    [InlineData("?from=2025-01-01&to=2026-01-02", "from")]
    [InlineData("?to=2026-01-01&to=2026-01-02", "to")]
    public async Task Metrics_WithABadQuery_NamesTheMember(string query, string member)
    {
        var admin = await service.Api.Token("uta", Guid.NewGuid());
        (await service.Api.Get(MetricsPath + query, admin))
            .ShouldBeProblem(400, "invalid-member", member);
    }

    [Theory]
    [InlineData("?from=0001-01-01&to=0001-01-02")]
    [InlineData("?to=0001-01-01")]
    [InlineData("?from=9999-12-31&to=9999-12-31")]
    [InlineData("?from=2025-01-01&to=2026-01-01")]
    public async Task Metrics_AtTheBoundsOfTime_IsAnswered(string query)
    {
        var admin = await service.Api.Token("uta", Guid.NewGuid());
        (await service.Api.Get(MetricsPath + query, admin)).ShouldBe(HttpStatusCode.OK);
    }

    private async Task<long> Counted(string admin, string kind)
    {
        var answer = (await service.Api.Get(MetricsPath, admin)).ShouldBe(HttpStatusCode.OK);
        return answer.Json.GetProperty("items").EnumerateArray().Sum(day =>
            day.GetProperty("counters").TryGetProperty(kind, out var count) ? count.GetInt64() : 0);
    }

    private static string Item(string kind, DateTimeOffset? at = null, string session = "s-1") =>
        $$"""{"kind":"{{kind}}","at":"{{at ?? DateTimeOffset.UtcNow:O}}","session_id":"{{session}}"}""";

    private static string Body(params string[] items) =>
        $$"""{"events":[{{string.Join(',', items)}}]}""";
}
