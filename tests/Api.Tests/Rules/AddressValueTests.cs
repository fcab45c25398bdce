using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Rules;

/// <summary>Values of address members at and past their bounds.</summary>
public sealed class AddressValueTests(ServiceFixture service)
{
    [Theory]
    [InlineData("line1")]
    [InlineData("city")]
    [InlineData("postal_code")]
    public async Task AddAddress_WithoutRequiredMember_IsRefusedByName(string missing)
    {
        var customer = await service.Api.CreateGuest();
        var members = new Dictionary<string, string>
        {
            ["line1"] = "12 Lake Road",
            ["city"] = "Pune",
            ["postal_code"] = "411001",
        };
        members.Remove(missing);

        var answer = await customer.Post(
            Customer.AddressesPath, System.Text.Json.JsonSerializer.Serialize(members));

        answer.ShouldBeProblem(400, "invalid-member", missing);
    }

    [Theory]
    [InlineData("\"latitude\":18.5", false)]
    [InlineData("\"longitude\":73.8", false)]
    [InlineData("\"latitude\":90.1,\"longitude\":0", false)]
    [InlineData("\"latitude\":0,\"longitude\":-180.5", false)]
    [InlineData("\"latitude\":90,\"longitude\":180", true)]
    [InlineData("\"latitude\":-90,\"longitude\":-180", true)]
    [InlineData("\"latitude\":1.852e1,\"longitude\":73.8", true)]
    public async Task AddAddress_FromCoordinates_NeedsBothInRange(string members, bool isAccepted)
    {
        var customer = await service.Api.CreateGuest();

        var answer = await customer.Post(Customer.AddressesPath, $"{{{members}}}");

        if (isAccepted) answer.ShouldBe(HttpStatusCode.Created);
        else answer.ShouldBeProblem(400, "invalid-member");
    }

    [Theory]
    [InlineData("country", "India")]
    [InlineData("country", "")]
    [InlineData("country", "in")]
    [InlineData("country", "XX")]
    [InlineData("postal_code", "12345678901234567")]
    [InlineData("postal_code", "")]
    [InlineData("line1", "")]
    [InlineData("city", "")]
    public async Task AddAddress_InvalidValue_IsRefusedByName(string member, string value)
    {
        var customer = await service.Api.CreateGuest();
        var body = System.Text.Json.Nodes.JsonNode.Parse(Customer.Home)!;
        body[member] = value;

        var answer = await customer.Post(Customer.AddressesPath, body.ToJsonString());

        answer.ShouldBeProblem(400, "invalid-member", member);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"is_default":false}""")]
    [InlineData("""{"is_default":null}""")]
    [InlineData("""{"is_default":"true"}""")]
    [InlineData("""{"is_default":1}""")]
    public async Task MakeDefault_AnythingButTrue_IsInvalid(string body)
    {
        var customer = await service.Api.CreateGuest();
        var id = await customer.AddAddress();

        var answer = await customer.Patch(Customer.DefaultPath(id), body);

        answer.ShouldBeProblem(400, "invalid-member", "is_default");
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Address_ConfirmActiveOrder_MustBeTrueOrFalse(string method)
    {
        var customer = await service.Api.CreateGuest();
        var path = Customer.AddressPath(await customer.AddAddress());

        var refused = await customer.Send(method, path + "?confirm_active_order=maybe", "{}");
        var accepted = await customer.Send(method, path + "?confirm_active_order=true", "{}");

        refused.ShouldBeProblem(400, "invalid-member", "confirm_active_order");
        ((int)accepted.Status).ShouldBeInRange(200, 204);
    }

    [Fact]
    public async Task EditAddress_ClearingARequiredMember_IsInvalid()
    {
        var customer = await service.Api.CreateGuest();
        var id = await customer.AddAddress();

        var answer = await customer.Patch(Customer.AddressPath(id), """{"city":null}""");

        answer.ShouldBeProblem(400, "invalid-member", "city");
    }

    [Fact]
    public async Task AddAddress_TheHundredAndFirst_IsRefused()
    {
        var customer = await service.Api.CreateGuest();
        for (var i = 0; i < 100; i++) await customer.AddAddress();

        var answer = await customer.Post(Customer.AddressesPath, Customer.Home);

        answer.ShouldBeProblem(422, "address-limit");
        (await customer.Addresses()).Length.ShouldBe(100);
    }
}
