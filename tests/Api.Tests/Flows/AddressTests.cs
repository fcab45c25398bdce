using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

public sealed class AddressTests(ServiceFixture service)
{
    [Fact]
    public async Task Add_TheFirst_BecomesTheDefault()
    {
        var customer = await service.Api.SignUp();

        var first = await customer.Post(Customer.AddressesPath, Customer.Home);
        var second = await customer.Post(Customer.AddressesPath, Customer.Home);

        first.ShouldBe(HttpStatusCode.Created).Json.IsDefault().ShouldBeTrue();
        second.ShouldBe(HttpStatusCode.Created).Json.IsDefault().ShouldBeFalse();
        first.Json.EnumerateObject().Select(member => member.Name).ShouldBe(
            [
                "id", "label", "line1", "line2", "city", "state", "postal_code", "country",
                "latitude", "longitude", "is_default", "created_at", "updated_at",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Add_AsDefault_TakesOver()
    {
        var customer = await service.Api.CreateGuest();
        await customer.AddAddress();

        var second = await customer.AddAddress(
            Customer.Home.Replace("{", "{\"is_default\":true,", StringComparison.Ordinal));

        var addresses = await customer.Addresses();
        addresses.Single(address => address.IsDefault()).Id().ShouldBe(second);
    }

    [Fact]
    public async Task Edit_Members_ChangeAndStay()
    {
        var customer = await service.Api.CreateGuest();
        var id = await customer.AddAddress();

        var answer = await customer.Patch(Customer.AddressPath(id),
            """{"label":"Work","line2":"Floor 3","latitude":18.52,"longitude":73.85}""");

        answer.ShouldBe(HttpStatusCode.OK).Member("label").ShouldBe("Work");
        var stored = (await customer.Addresses()).ShouldHaveSingleItem();
        stored.GetProperty("line1").GetString().ShouldBe("12 Lake Road");
        stored.GetProperty("line2").GetString().ShouldBe("Floor 3");
        stored.GetProperty("latitude").GetDecimal().ShouldBe(18.52m);
    }

    [Fact]
    public async Task MakeDefault_AnswersAllAddresses()
    {
        var customer = await service.Api.CreateGuest();
        await customer.AddAddress();
        var second = await customer.AddAddress();

        var answer = await customer.Patch(
            Customer.DefaultPath(second), """{"is_default":true}""");

        var items = answer.ShouldBe(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray();
        items.Count().ShouldBe(2);
        items.Single(address => address.IsDefault()).Id().ShouldBe(second);
        answer.Json.GetProperty("next_cursor").GetString().ShouldBeNull();
    }

    [Fact]
    public async Task MakeDefault_HundredTogglesAtOnce_LeaveExactlyOne()
    {
        var customer = await service.Api.CreateGuest();
        var ids = new List<Guid>();
        for (var i = 0; i < 10; i++) ids.Add(await customer.AddAddress());

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            customer.Patch(Customer.DefaultPath(ids[i % ids.Count]), """{"is_default":true}""")));

        foreach (var answer in answers)
        {
            answer.ShouldBe(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray()
                .Count(address => address.IsDefault()).ShouldBe(1);
        }

        (await customer.Addresses()).Count(address => address.IsDefault()).ShouldBe(1);
    }

    [Fact]
    public async Task Remove_TheDefault_NoneEverUsed_PromotesTheNewest()
    {
        var customer = await service.Api.CreateGuest();
        var first = await customer.AddAddress();
        await customer.AddAddress();
        var newest = await customer.AddAddress();

        var answer = await customer.Delete(Customer.AddressPath(first));

        answer.ShouldBe(HttpStatusCode.NoContent).Body.ShouldBeEmpty();
        answer.Header("ETag").ShouldNotBeNull();
        var left = await customer.Addresses();
        left.Length.ShouldBe(2);
        left.Single(address => address.IsDefault()).Id().ShouldBe(newest);
    }

    [Fact]
    public async Task Remove_TheDefault_PromotesTheMostRecentlyUsed()
    {
        var customer = await service.Api.CreateGuest();
        var first = await customer.AddAddress();
        var used = await customer.AddAddress();
        await customer.AddAddress();
        await customer.Patch(Customer.DefaultPath(used), """{"is_default":true}""");
        await customer.Patch(Customer.DefaultPath(first), """{"is_default":true}""");

        await customer.Delete(Customer.AddressPath(first));

        var left = await customer.Addresses();
        left.Single(address => address.IsDefault()).Id().ShouldBe(used);
    }

    [Fact]
    public async Task Remove_TheLast_LeavesNone()
    {
        var customer = await service.Api.CreateGuest();
        var id = await customer.AddAddress();

        await customer.Delete(Customer.AddressPath(id));

        (await customer.Addresses()).ShouldBeEmpty();
        (await customer.Delete(Customer.AddressPath(id))).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task List_ByPages_GivesEachAddressOnce()
    {
        var customer = await service.Api.CreateGuest();
        var made = new List<Guid>();
        for (var i = 0; i < 7; i++) made.Add(await customer.AddAddress());

        var seen = new List<Guid>();
        var path = Customer.AddressesPath + "?limit=3";
        string? next = path;
        while (next is not null)
        {
            var page = (await customer.Get(next)).ShouldBe(HttpStatusCode.OK).Json;
            page.GetProperty("items").GetArrayLength().ShouldBeInRange(1, 3);
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(a => a.Id()));
            var cursor = page.GetProperty("next_cursor").GetString();
            next = cursor is null ? null : $"{path}&cursor={Uri.EscapeDataString(cursor)}";
        }

        seen.ShouldBe(made, ignoreOrder: true);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=1.5", "limit")]
    [InlineData("limit=", "limit")]
    [InlineData("limit=99999999999", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("cursor=%00", "cursor")]
    [InlineData("cursor=a&cursor=b", "cursor")]
    public async Task List_MalformedPage_IsInvalid(string query, string member)
    {
        var customer = await service.Api.CreateGuest();

        var answer = await customer.Get($"{Customer.AddressesPath}?{query}");

        answer.ShouldBeProblem(400, "invalid-member", member);
    }
}
