using System.Net;
using System.Text.Json;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

/// <summary>An administrator looks for customers among those of all tests: every test uses names
/// and contacts of its own.</summary>
public sealed class SearchTests(ServiceFixture service)
{
    private const string Path = "/api/admin/customers";

    [Fact]
    public async Task Contact_IsFoundMasked_AndTheLookIsLogged()
    {
        var phone = Contacts.NewPhone();
        var customer = await service.Api.SignUp("phone", phone);
        await customer.Edit("""{"name":"Asha Rao"}""");
        var admin = await Admin.Create(service.Api);

        var found = (await Search(admin, "phone=" + Uri.EscapeDataString(phone)))
            .ShouldHaveSingleItem();

        found.EnumerateObject().Select(one => one.Name).ShouldBe(
            ["id", "name", "masked_phone", "masked_email", "account_status", "customer_tier",
             "customer_segment", "total_spend", "created_at"]);
        found.GetProperty("id").GetGuid().ShouldBe(customer.Id);
        found.GetProperty("name").GetString().ShouldBe("Asha Rao");
        found.GetProperty("masked_phone").GetString().ShouldBe($"{phone[..3]}***{phone[^2..]}");
        found.GetProperty("masked_email").ValueKind.ShouldBe(JsonValueKind.Null);
        found.GetProperty("total_spend").GetString().ShouldBe("0.00");
        var looks = (await customer.Get("/api/utc/access-log")).Json.GetProperty("items");
        looks.GetArrayLength().ShouldBe(1);
        looks[0].GetProperty("purpose").GetString().ShouldBe("search");
        looks[0].GetProperty("fields")[0].GetString().ShouldBe("name");
        // As it comes from an address in which nobody escaped the plus.
        (await Search(admin, "phone=" + phone)).Length.ShouldBe(1);
        (await Search(admin, "phone=" + Uri.EscapeDataString(Contacts.NewPhone()))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Name_IsFoundAtOnce_PageByPage()
    {
        var admin = await Admin.Create(service.Api);
        var name = "Q" + Guid.NewGuid().ToString("N")[..12];
        var expected = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            var customer = await service.Api.CreateGuest();
            (await customer.Edit($$"""{"name":"{{name}} {{i}}"}""")).ShouldBe(HttpStatusCode.OK);
            expected.Add(customer.Id);
        }

        var (seen, cursor, pages) = (new List<Guid>(), "", 0);
        do
        {
            var page = (await Get(admin, $"name={name.ToLowerInvariant()}&limit=2{cursor}"))
                .ShouldBe(HttpStatusCode.OK).Json;
            seen.AddRange(page.GetProperty("items").EnumerateArray()
                .Select(item => item.GetProperty("id").GetGuid()));
            var next = page.GetProperty("next_cursor");
            cursor = next.ValueKind == JsonValueKind.Null ? "" : "&cursor=" + next.GetString();
            cursor.ShouldNotContain(name, Case.Insensitive);
            pages++;
        }
        while (cursor.Length > 0);

        seen.ShouldBe(expected);
        pages.ShouldBe(3);
        (await Search(admin, $"name={name}&status=active")).ShouldBeEmpty();
        (await Search(admin, $"name={name}&status=temporary&tier=new&segment=general&max_spend=0"))
            .Length.ShouldBe(5);
    }

    [Fact]
    public async Task Blocked_AreFoundByTheirStatus()
    {
        var customer = await service.Api.SignUp();
        var admin = await Admin.Create(service.Api);
        var mine = $"email={Uri.EscapeDataString(customer.Contact)}";
        await admin.Block(customer.Id);
        (await Search(admin, mine + "&status=blocked")).Length.ShouldBe(1);
        (await Search(admin, mine + "&status=active")).ShouldBeEmpty();
        await admin.Unblock(customer.Id);
        (await Search(admin, mine + "&status=active")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Delivered_CountsForSpend()
    {
        var customer = await service.Api.SignUp();
        var orders = await OrderSystem.Create(service.Api);
        var order = await orders.Place(customer.Id, await customer.AddAddress());
        await orders.Deliver(order);
        var admin = await Admin.Create(service.Api);
        var mine = $"email={Uri.EscapeDataString(customer.Contact)}";

        (await Search(admin, mine + "&min_spend=499.00&max_spend=499")).ShouldHaveSingleItem()
            .GetProperty("total_spend").GetString().ShouldBe("499.00");
        (await Search(admin, mine + "&min_spend=499.01")).ShouldBeEmpty();
        (await Search(admin, "min_spend=499&max_spend=499.00")).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("phone=12345", "phone")]
    [InlineData("phone=", "phone")]
    [InlineData("email=nobody", "email")]
    [InlineData("name=", "name")]
    [InlineData("name=%00", "name")]
    [InlineData("tier=gold", "tier")]
    [InlineData("tier=Vip", "tier")]
    [InlineData("status=deleted", "status")]
    [InlineData("segment=%20", "segment")]
    [InlineData("min_spend=-1", "min_spend")]
    [InlineData("min_spend=1.001", "min_spend")]
    [InlineData("max_spend=1e3", "max_spend")]
    [InlineData("max_spend=99999999999999999999999999999999", "max_spend")]
    [InlineData("min_spend=2&max_spend=1", "max_spend")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=0", "limit")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("cursor=%C3%A9", "cursor")]
    [InlineData("tier=vip&tier=new", "tier")]
    public async Task BadQuery_NamesTheMember(string query, string member) =>
        (await Get(await Admin.Create(service.Api), query))
            .ShouldBeProblem(400, "invalid-member", member);

    [Fact]
    public async Task Cursor_OfAnotherOrder_IsNone()
    {
        var admin = await Admin.Create(service.Api);
        await service.Api.CreateGuest();
        await service.Api.CreateGuest();
        var cursor = (await Get(admin, "limit=1")).Member("next_cursor");
        (await Get(admin, "limit=1&cursor=" + cursor)).ShouldBe(HttpStatusCode.OK);
        (await Get(admin, "limit=1&tier=new&cursor=" + cursor)).ShouldBe(HttpStatusCode.OK);
        (await Get(admin, "name=a&cursor=" + cursor))
            .ShouldBeProblem(400, "invalid-member", "cursor");
        (await Get(admin, "min_spend=1&cursor=" + cursor))
            .ShouldBeProblem(400, "invalid-member", "cursor");
        (await Get(admin, $"cursor={(cursor[0] == 'A' ? 'B' : 'A')}{cursor[1..]}"))
            .ShouldBeProblem(400, "invalid-member", "cursor");
    }

    [Fact]
    public async Task WhatIsLookedFor_IsInNoLog()
    {
        var admin = await Admin.Create(service.Api);
        var phone = Contacts.NewPhone();
        await Get(admin, "phone=" + Uri.EscapeDataString(phone));
        await Get(admin, "phone=" + phone + "&phone=" + phone);
        await Get(admin, "name=" + phone[1..] + "&cursor=x");

        foreach (var log in System.IO.Directory.GetFiles(
            service.LogDirectory, "*", SearchOption.AllDirectories))
        {
            await using var file = new FileStream(
                log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            (await reader.ReadToEndAsync(TestContext.Current.CancellationToken))
                .ShouldNotContain(phone[1..]);
        }
    }

    private async Task<JsonElement[]> Search(Admin admin, string query) =>
    [
        .. (await Get(admin, query)).ShouldBe(HttpStatusCode.OK).Json.GetProperty("items")
            .EnumerateArray(),
    ];

    private Task<Answer> Get(Admin admin, string query) =>
        service.Api.Get($"{Path}?{query}", admin.Token);
}
