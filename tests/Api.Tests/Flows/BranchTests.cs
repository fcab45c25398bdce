using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

/// <summary>The desk of a branch.</summary>
public sealed class BranchTests(ServiceFixture service)
{
    private readonly Guid _branch = Guid.NewGuid();

    [Fact]
    public async Task Desk_SeesTheOwnBranchsOrders_ByItsToken()
    {
        var customer = await service.Api.SignUp("phone", Contacts.NewPhone());
        await customer.Edit("""{"name":"Zoë"}""");
        var order = await Place(customer);
        var token = await Token(_branch);

        var list = (await service.Api.Get("/api/utb/orders?purpose=stock", token))
            .ShouldBe(HttpStatusCode.OK);
        list.Header("Cache-Control").ShouldBe("no-store");
        list.Json.GetProperty("next_cursor").ValueKind
            .ShouldBe(System.Text.Json.JsonValueKind.Null);
        var row = list.Json.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        row.GetProperty("order_id").GetGuid().ShouldBe(order);
        row.GetProperty("name").GetString().ShouldBe("Zoë");
        row.GetProperty("masked_phone").GetString()!.ShouldEndWith(customer.Contact[^2..]);
        list.Text.ShouldNotContain(customer.Contact);

        var seen = (await service.Api.Get(PathOf(order) + "?purpose=call", token))
            .ShouldBe(HttpStatusCode.OK);
        seen.Json.EnumerateObject().Select(m => m.Name)
            .ShouldBe(["order_id", "customer_id", "name", "phone", "address"]);
        seen.Member("phone").ShouldBe(customer.Contact);
        seen.Json.GetProperty("address").GetProperty("city").GetString().ShouldBe("Pune");
    }

    [Fact]
    public async Task Desk_OfAnotherBranch_IsToldNothing()
    {
        var customer = await service.Api.SignUp("phone", Contacts.NewPhone());
        var order = await Place(customer);
        var token = await Token(Guid.NewGuid());

        foreach (var query in (string[])["?purpose=call", "", "?purpose=", "?purpose=a&purpose=b"])
        {
            var theirs = await service.Api.Get(PathOf(order) + query, token);
            var nobodys = await service.Api.Get(PathOf(Guid.NewGuid()) + query, token);
            theirs.ShouldBeProblem(404, "not-found");
            theirs.WithoutTraceId().ShouldBe(nobodys.WithoutTraceId());
        }

        (await service.Api.Get("/api/utb/orders?purpose=stock", token)).Json
            .GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Desk_WithoutAPurpose_IsAskedForIt()
    {
        var customer = await service.Api.SignUp("phone", Contacts.NewPhone());
        var order = await Place(customer);
        var token = await Token(_branch);
        foreach (var path in (string[])[PathOf(order), "/api/utb/orders"])
        {
            foreach (var query in (string[])["", "?purpose=", "?purpose=%20"])
                (await service.Api.Get(path + query, token))
                    .ShouldBeProblem(400, "purpose-required");
            (await service.Api.Get(path + "?purpose=" + new string('x', 201), token))
                .ShouldBeProblem(400, "invalid-member", "purpose");
            (await service.Api.Get(path + "?purpose=%00", token))
                .ShouldBeProblem(400, "invalid-member", "purpose");
        }

        (await service.Api.Get("/api/utb/orders?purpose=x&cursor=zzz", token))
            .ShouldBeProblem(400, "invalid-member", "cursor");
        (await service.Api.Get("/api/utb/orders?purpose=x&limit=201", token))
            .ShouldBeProblem(400, "invalid-member", "limit");
    }

    [Fact]
    public async Task Token_OfABranchWithoutItsBranch_IsNone()
    {
        var token = await service.Api.Token("utb", Guid.NewGuid());
        (await service.Api.Get("/api/utb/orders?purpose=x", token))
            .ShouldBeProblem(401, "token-invalid");
    }

    [Fact]
    public async Task Phone_ThatChangedUnderWay_IsTheNewOne_UntilTheOrderEnds()
    {
        var customer = await service.Api.SignUp("phone", Contacts.NewPhone());
        var order = await Place(customer);
        var token = await Token(_branch);
        var phone = Contacts.NewPhone();
        var asked = await customer.Post(ContactChange.RequestPath,
            $$"""{"channel":"phone","new_value":"{{phone}}","confirm_active_order":true}""");
        var change = new ContactChange(
            customer, asked.ShouldBe(HttpStatusCode.Accepted).Member("change_id"), phone,
            (await service.Api.Codes(phone))[0]);
        (await change.Verify()).ShouldBe(HttpStatusCode.OK);

        (await service.Api.Get(PathOf(order) + "?purpose=call", token)).Member("phone")
            .ShouldBe(phone);
        var orders = await OrderSystem.Create(service.Api);
        (await orders.Move(order, "cancelled")).ShouldBe(HttpStatusCode.OK);
        (await service.Api.Get(PathOf(order) + "?purpose=call", token)).Member("phone")
            .ShouldBe(customer.Contact);
    }

    private static string PathOf(Guid order) => $"/api/utb/orders/{order}/customer";

    private Task<string> Token(Guid branch) => service.Api.Token("utb", Guid.NewGuid(), branch);

    private async Task<Guid> Place(Customer customer)
    {
        var orders = await OrderSystem.Create(service.Api);
        var draft = OrderSystem.Draft(customer.Id, await customer.AddAddress())
            .Replace("01990b3c-5a50-7a2b-9d0e-3a1f7b6c2d11", _branch.ToString(),
                StringComparison.Ordinal);
        return (await orders.Place(draft)).ShouldBe(HttpStatusCode.Created)
            .Json.GetProperty("order_id").GetGuid();
    }
}
