using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

public sealed class StaffTests(ServiceFixture service)
{
    [Fact]
    public async Task Customer_ReadByAnAdmin_IsTheProfileAndMoreAndLogged()
    {
        var customer = await service.Api.SignUp("phone", Contacts.NewPhone());
        var address = await customer.AddAddress();
        var admin = await service.Api.Token("uta", Guid.NewGuid());
        var profile = (await customer.Profile()).Json;

        var answer = await Read(admin, customer.Id, "?purpose=ticket%2042");

        foreach (var member in profile.EnumerateObject())
            answer.Json.GetProperty(member.Name).GetRawText().ShouldBe(member.Value.GetRawText());
        answer.Json.GetProperty("addresses")[0].GetProperty("id").GetGuid().ShouldBe(address);
        answer.Json.GetProperty("risk").GetProperty("score").GetInt32().ShouldBe(0);
        answer.Json.GetProperty("risk").GetProperty("reasons").GetArrayLength().ShouldBe(0);
        answer.Json.GetProperty("bars").GetArrayLength().ShouldBe(0);
        answer.Header("Cache-Control").ShouldBe("no-store");
        await Read(admin, customer.Id, "");
        var log = (await customer.Get("/api/utc/access-log")).Json.GetProperty("items");
        log.EnumerateArray().Select(item => item.GetProperty("purpose").GetString())
            .ShouldBe(["administration", "ticket 42"]);
        log[0].GetProperty("fields").EnumerateArray().Select(field => field.GetString())
            .ShouldContain("date_of_birth");
    }

    [Fact]
    public async Task Customer_WithABadPurpose_IsNeitherShownNorLogged()
    {
        var customer = await service.Api.CreateGuest();
        var admin = await service.Api.Token("uta", Guid.NewGuid());

        foreach (var query in (string[])
            ["?purpose=", "?purpose=%20", "?purpose=a&purpose=b", "?purpose=%00",
             "?purpose=" + new string('x', 201)])
        {
            (await service.Api.Get($"/api/admin/customers/{customer.Id}{query}", admin))
                .ShouldBeProblem(400, "invalid-member", "purpose");
        }

        (await customer.Get("/api/utc/access-log")).Json.GetProperty("items").GetArrayLength()
            .ShouldBe(0);
        await Read(admin, customer.Id, "?purpose=" + new string('x', 200));
    }

    [Fact]
    public async Task Customer_OfNobody_IsNotFound()
    {
        var admin = await service.Api.Token("uta", Guid.NewGuid());
        (await service.Api.Get($"/api/admin/customers/{Guid.NewGuid()}", admin))
            .ShouldBeProblem(404, "not-found");
    }

    private async Task<Answer> Read(string admin, Guid customer, string query) =>
        (await service.Api.Get($"/api/admin/customers/{customer}{query}", admin))
            .ShouldBe(HttpStatusCode.OK);
}
