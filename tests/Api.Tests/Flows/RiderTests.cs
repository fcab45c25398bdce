using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

public sealed class RiderTests(ServiceFixture service) : IAsyncLifetime
{
    private OrderSystem orders = null!;
    private Rider rider = null!;

    public async ValueTask InitializeAsync()
    {
        orders = await OrderSystem.Create(service.Api);
        rider = await Rider.Create(service.Api);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Contact_OfTheAssignedRider_IsShown()
    {
        var customer = await service.Api.SignUp("phone", Contacts.NewPhone());
        var order = await orders.Place(customer.Id, await customer.AddAddress());
        await orders.Move(order, "accepted", rider.Id);

        var contact = await rider.Contact(order);

        contact.ShouldBe(HttpStatusCode.OK).Json.EnumerateObject().Select(member => member.Name)
            .ShouldBe(
                [
                    "order_id", "status", "name", "snapshot_phone", "phone_updated",
                    "current_phone", "contact_version", "address",
                ],
                ignoreOrder: true);
        contact.Member("snapshot_phone").ShouldBe(customer.Contact);
        contact.Member("current_phone").ShouldBe(customer.Contact);
        contact.Member("status").ShouldBe("accepted");
        contact.Json.GetProperty("address").GetProperty("line1").GetString()
            .ShouldBe("12 Lake Road");
        contact.Header("Cache-Control").ShouldBe("no-store");
        contact.Header("ETag").ShouldBeNull();
        var poll = await rider.Poll(order);
        poll.ShouldBe(HttpStatusCode.OK).Text.ShouldBe(
            $$"""{"order_id":"{{order}}","phone_updated":false,"contact_version":0}""");
    }

    [Fact]
    public async Task AnyCall_OfAnotherRider_IsAnsweredAsForNoOrderAtAll()
    {
        var customer = await service.Api.SignUp();
        var order = await orders.Place(customer.Id, null);
        await AllAreUnknown(order); // Nobody is assigned.
        await orders.Move(order, "accepted", Guid.NewGuid());
        await AllAreUnknown(order);
        await AllAreUnknown(Guid.NewGuid());

        (await rider.Contact(order)).WithoutTraceId()
            .ShouldBe((await rider.Contact(Guid.NewGuid())).WithoutTraceId());
    }

    [Fact]
    public async Task Reassigned_TheOldRiderLosesAccessAtOnce()
    {
        var customer = await service.Api.SignUp();
        var order = await orders.Place(customer.Id, null);
        await orders.Move(order, "accepted", rider.Id);
        (await rider.Contact(order)).ShouldBe(HttpStatusCode.OK);
        var other = await Rider.Create(service.Api);

        await orders.Move(order, "accepted", other.Id);

        await AllAreUnknown(order);
        (await other.Contact(order)).ShouldBe(HttpStatusCode.OK);
        (await other.Poll(order)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Delivered_TheContactStaysForAWhile()
    {
        var customer = await service.Api.SignUp("phone", Contacts.NewPhone());
        var order = await orders.Place(customer.Id, await customer.AddAddress());
        await orders.Move(order, "accepted", rider.Id);

        await orders.Deliver(order);

        var contact = await rider.Contact(order);
        contact.ShouldBe(HttpStatusCode.OK).Member("status").ShouldBe("delivered");
        contact.Member("snapshot_phone").ShouldBe(customer.Contact);
        (await rider.Poll(order)).ShouldBe(HttpStatusCode.OK);
        (await rider.Acknowledge(order)).ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("""{"contact_version":0}""", 204, null)]
    [InlineData("""{"contact_version":1}""", 409, "contact-version-unknown")]
    [InlineData("""{"contact_version":-1}""", 400, "invalid-member")]
    [InlineData("""{"contact_version":2147483648}""", 400, "invalid-member")]
    [InlineData("""{"contact_version":"0"}""", 400, "invalid-member")]
    [InlineData("""{}""", 400, "invalid-member")]
    [InlineData("""{"contact_version":null}""", 400, "invalid-member")]
    [InlineData("""{"version":0}""", 400, "unknown-member")]
    [InlineData("""[]""", 400, "malformed-body")]
    public async Task Acknowledge_AnyBody_IsAnsweredAsDocumented(
        string body, int status, string? code)
    {
        var customer = await service.Api.SignUp();
        var order = await orders.Place(customer.Id, null);
        await orders.Move(order, "accepted", rider.Id);

        var answer = await rider.Acknowledge(order, body);

        if (code is null) ((int)answer.Status).ShouldBe(status, answer.Text);
        else answer.ShouldBeProblem(status, code);
    }

    private async Task AllAreUnknown(Guid order)
    {
        (await rider.Contact(order)).ShouldBeProblem(404, "not-found");
        (await rider.Poll(order)).ShouldBeProblem(404, "not-found");
        (await rider.Acknowledge(order)).ShouldBeProblem(404, "not-found");
    }
}
