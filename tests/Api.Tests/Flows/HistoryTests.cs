using System.Net;
using System.Text.Json;
using CustomerGrains.Api.Tests.Http;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

public sealed class HistoryTests(ServiceFixture service) : IAsyncLifetime
{
    private const string OwnHistory = "/api/utc/history";
    private const string OwnLog = "/api/utc/access-log";

    private readonly Guid admin = Guid.NewGuid();
    private string adminToken = "";

    public async ValueTask InitializeAsync() => adminToken = await service.Api.Token("uta", admin);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Edit_IsInTheHistoryAtOnceAndSealedSoon()
    {
        var customer = await service.Api.CreateGuest();
        (await customer.Edit("""{"name":"Asha"}""")).ShouldBe(HttpStatusCode.OK);
        (await customer.Edit("""{"name":"Zoë \"Z\" <Rao>"}""")).ShouldBe(HttpStatusCode.OK);

        var newest = (await Items(customer))[0];

        newest.EnumerateObject().Select(member => member.Name).ShouldBe(
            ["sequence", "kind", "at", "actor", "reason", "changes", "sealed", "customer_id"]);
        newest.GetProperty("sequence").GetInt64().ShouldBe(3);
        newest.GetProperty("kind").GetString().ShouldBe("name_changed");
        newest.GetProperty("actor").GetRawText().ShouldBe($$"""{"id":"{{customer.Id}}","role":"utc"}""");
        newest.GetProperty("reason").ValueKind.ShouldBe(JsonValueKind.Null);
        newest.GetProperty("changes").GetRawText().ShouldBe(
            """[{"field":"name","old":"Asha","new":"Zoë \"Z\" <Rao>"}]""");
        await Eventually.Holds("it is sealed",
            async () => (await Items(customer)).All(item => item.GetProperty("sealed").GetBoolean()),
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task History_OfAnAdmin_IsMaskedAndSeenByTheCustomerWithoutTheReadersId()
    {
        var customer = await service.Api.SignUp("phone", Contacts.NewPhone());
        (await customer.Edit("""{"date_of_birth":"1990-01-02","gender":"other"}"""))
            .ShouldBe(HttpStatusCode.OK);
        await customer.AddAddress();
        (await Items(customer, OwnLog)).ShouldBeEmpty();

        var answer = (await service.Api.Get(PathOf(customer.Id, "history"), adminToken))
            .ShouldBe(HttpStatusCode.OK);

        answer.Text.ShouldNotContain(customer.Contact);
        answer.Text.ShouldNotContain("1990-01-02");
        answer.Text.ShouldNotContain("12 Lake Road");
        answer.Text.ShouldContain("""{"field":"gender","old":null,"new":"other"}""");
        answer.Text.ShouldContain("""{"field":"city","old":null,"new":"Pune"}""");
        answer.Header("Cache-Control").ShouldBe("no-store");
        var seen = (await Items(customer, OwnLog)).ShouldHaveSingleItem();
        seen.EnumerateObject().Select(member => member.Name).ShouldBe(
            ["id", "accessed_by", "role", "branch_id", "purpose", "fields", "at"]);
        seen.GetProperty("accessed_by").ValueKind.ShouldBe(JsonValueKind.Null);
        seen.GetProperty("role").GetString().ShouldBe("uta");
        seen.GetProperty("purpose").GetString().ShouldBe("history");
        seen.GetProperty("fields").GetRawText().ShouldBe("""["history"]""");
        var known = (await AdminItems(customer.Id, "access-log")).ShouldHaveSingleItem();
        known.GetProperty("accessed_by").GetGuid().ShouldBe(admin);
    }

    [Fact]
    public async Task AccessLog_ShowsTheRiderAndPagesNewestFirst()
    {
        var customer = await service.Api.SignUp("phone", Contacts.NewPhone());
        var orders = await OrderSystem.Create(service.Api);
        var rider = await Rider.Create(service.Api);
        var order = await orders.Place(customer.Id, await customer.AddAddress());
        await orders.Move(order, "accepted", rider.Id);
        for (var i = 0; i < 3; i++) (await rider.Contact(order)).ShouldBe(HttpStatusCode.OK);
        (await service.Api.Get(PathOf(customer.Id, "history"), adminToken))
            .ShouldBe(HttpStatusCode.OK);

        var whole = await Items(customer, OwnLog);
        var paged = await Walk(path => customer.Get(path), OwnLog, limit: 1);

        whole.Select(item => item.GetProperty("role").GetString())
            .ShouldBe(["uta", "utd", "utd", "utd"]);
        whole[1].GetProperty("purpose").GetString().ShouldBe("delivery");
        whole[1].GetProperty("branch_id").GetGuid().ShouldNotBe(Guid.Empty);
        paged.Select(item => item.GetRawText())
            .ShouldBe(whole.Select(item => item.GetRawText()));
    }

    [Fact]
    public async Task History_InPages_IsTheWholeInOrder()
    {
        var customer = await service.Api.CreateGuest();
        await customer.AddAddress(); // Two events of one command.
        (await customer.Edit("""{"name":"A","gender":"male","date_of_birth":"1990-01-02"}"""))
            .ShouldBe(HttpStatusCode.OK);
        var whole = await Items(customer);

        whole.Select(item => item.GetProperty("kind").GetString()).ShouldBe(
        [
            "date_of_birth_changed", "gender_changed", "name_changed", "default_address_changed",
            "address_added", "guest_created",
        ]);
        foreach (var limit in (int[])[1, 2, 3, 4, 5, 6])
        {
            var paged = await Walk(path => customer.Get(path), OwnHistory, limit);
            paged.Select(Place).ShouldBe(whole.Select(Place), $"limit {limit}");
        }
    }

    [Fact]
    public async Task History_ByKindAndTime_IsFiltered()
    {
        var customer = await service.Api.CreateGuest();
        for (var i = 0; i < 5; i++)
        {
            (await customer.Edit($$"""{"name":"N{{i}}"}""")).ShouldBe(HttpStatusCode.OK);
            (await customer.Edit($$"""{"preferred_language":"a{{(char)('a' + i)}}"}"""))
                .ShouldBe(HttpStatusCode.OK);
        }

        var whole = await Items(customer);
        var names = await Walk(
            path => customer.Get(path), OwnHistory + "?kind=name_changed", limit: 2);
        names.Select(item => item.GetProperty("sequence").GetInt64()).ShouldBe([10, 8, 6, 4, 2]);

        var third = whole[^3].GetProperty("at").GetDateTimeOffset().ToString("O");
        var since = await Items(customer, $"{OwnHistory}?from={Uri.EscapeDataString(third)}");
        var before = await Items(customer, $"{OwnHistory}?to={Uri.EscapeDataString(third)}");
        (since.Length + before.Length).ShouldBe(whole.Length);
        since.Length.ShouldBeGreaterThanOrEqualTo(whole.Length - 2);
    }

    [Theory]
    [InlineData("?kind=nothing", "kind")]
    [InlineData("?kind=", "kind")]
    [InlineData("?kind=name_changed&kind=signed_in", "kind")]
    [InlineData("?from=yesterday", "from")]
    [InlineData("?from=2026-01-31T12:00:00", "from")]
    [InlineData("?to=2026-01-31", "to")]
    [InlineData("?from=2026-02-01T00:00:00Z&to=2026-01-31T00:00:00Z", "to")]
    [InlineData("?cursor=x", "cursor")]
    [InlineData("?cursor=", "cursor")]
    [InlineData("?cursor=1.-1", "cursor")]
    [InlineData("?cursor=99999999999999999999.1", "cursor")]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=201", "limit")]
    public async Task History_WithABadQuery_NamesTheMember(string query, string member)
    {
        var customer = await service.Api.CreateGuest();

        (await customer.Get(OwnHistory + query)).ShouldBeProblem(400, "invalid-member", member);
        (await service.Api.Get(PathOf(customer.Id, "history") + query, adminToken))
            .ShouldBeProblem(400, "invalid-member", member);
        (await Items(customer, OwnLog)).ShouldBeEmpty("nothing was shown");
    }

    [Theory]
    [InlineData("?cursor=x")]
    [InlineData("?cursor=1.x")]
    [InlineData("?cursor=9999999999999999999.01990b3c5a507a2b9d0e3a1f7b6c2d11")]
    public async Task AccessLog_WithABadCursor_NamesIt(string query)
    {
        var customer = await service.Api.CreateGuest();
        (await customer.Get(OwnLog + query)).ShouldBeProblem(400, "invalid-member", "cursor");
    }

    [Fact]
    public async Task OfNobody_LooksTheSameWhateverTheId()
    {
        foreach (var what in (string[])["history", "access-log"])
        {
            var absent = await service.Api.Get(PathOf(Guid.NewGuid(), what), adminToken);
            absent.ShouldBeProblem(404, "not-found");
            (await service.Api.Get($"/api/admin/customers/42/{what}", adminToken))
                .WithoutTraceId().ShouldBe(absent.WithoutTraceId());
        }
    }

    [Fact]
    public async Task OfATokenThatSpeaksForNobody_IsRefused()
    {
        var token = await service.Api.Token("utc", Guid.NewGuid());

        (await service.Api.Get(OwnHistory, token)).ShouldBeProblem(401, "token-invalid");
        (await service.Api.Get(OwnLog, token)).ShouldBeProblem(401, "token-invalid");
    }

    private static string PathOf(Guid customer, string what) =>
        $"/api/admin/customers/{customer}/{what}";

    private static string Place(JsonElement item) =>
        $"{item.GetProperty("sequence")} {item.GetProperty("kind")}";

    private static async Task<JsonElement[]> Items(Customer customer, string path = OwnHistory) =>
        ItemsOf(await customer.Get(path));

    private async Task<JsonElement[]> AdminItems(Guid customer, string what) =>
        ItemsOf(await service.Api.Get(PathOf(customer, what), adminToken));

    private static JsonElement[] ItemsOf(Answer answer) =>
        [.. answer.ShouldBe(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray()];

    /// <summary>All items, page by page.</summary>
    private static async Task<JsonElement[]> Walk(
        Func<string, Task<Answer>> get, string path, int limit)
    {
        var all = new List<JsonElement>();
        var first = path + (path.Contains('?') ? "&" : "?") + $"limit={limit}";
        for (string? cursor = null, next = first; next is not null;)
        {
            var answer = await get(next);
            var items = ItemsOf(answer);
            items.Length.ShouldBeLessThanOrEqualTo(limit);
            all.AddRange(items);
            cursor = answer.Json.GetProperty("next_cursor").GetString();
            next = cursor is null ? null : $"{first}&cursor={Uri.EscapeDataString(cursor)}";
        }

        return [.. all];
    }
}
