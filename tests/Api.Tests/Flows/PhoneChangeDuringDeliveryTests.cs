using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

/// <summary>A customer changes the phone while a rider is on the way.</summary>
public sealed class PhoneChangeDuringDeliveryTests(ServiceFixture service)
{
    private const string Warning = "You have an active delivery. Changing your phone number now "
        + "might disrupt communication with your rider. Continue?";

    [Fact]
    public async Task WholeStory_FromWarningToAcknowledgement()
    {
        var (customer, rider, orders, order) = await OnTheWay();
        var newPhone = Contacts.NewPhone();

        var warned = await customer.Post(
            ContactChange.RequestPath, ContactChange.BodyOf("phone", newPhone));
        warned.ShouldBeProblem(409, "active-order-conflict");
        warned.Member("detail").ShouldBe(Warning);
        warned.Json.GetProperty("active_orders").EnumerateArray().Select(id => id.GetGuid())
            .ShouldBe([order]);

        await Change(customer, newPhone);

        (await rider.Poll(order)).Text.ShouldBe(
            $$"""{"order_id":"{{order}}","phone_updated":true,"contact_version":1}""");
        var contact = await rider.Contact(order);
        contact.Member("snapshot_phone").ShouldBe(customer.Contact);
        contact.Member("current_phone").ShouldBe(newPhone);
        contact.Json.GetProperty("phone_updated").GetBoolean().ShouldBeTrue();
        var seen = await orders.Get(order);
        seen.Json.GetProperty("customer_snapshot").GetProperty("phone").GetString()
            .ShouldBe(customer.Contact);

        (await rider.Acknowledge(order, """{"contact_version":0}"""))
            .ShouldBe(HttpStatusCode.NoContent);
        (await rider.Poll(order)).Text.ShouldContain("\"phone_updated\":true");
        (await rider.Acknowledge(order, """{"contact_version":1}"""))
            .ShouldBe(HttpStatusCode.NoContent);
        (await rider.Poll(order)).Text.ShouldBe(
            $$"""{"order_id":"{{order}}","phone_updated":false,"contact_version":1}""");
        (await rider.Contact(order)).Member("current_phone").ShouldBe(newPhone);
    }

    [Fact]
    public async Task Undone_TheRiderIsToldAgain()
    {
        var (customer, rider, _, order) = await OnTheWay();
        await Change(customer, Contacts.NewPhone());
        await rider.Acknowledge(order, """{"contact_version":1}""");

        var token = await ContactChange.Token(service.Api, customer.Contact, notices: 2);
        (await ContactChange.Undo(service.Api, token)).ShouldBe(HttpStatusCode.OK);

        (await rider.Poll(order)).Text.ShouldBe(
            $$"""{"order_id":"{{order}}","phone_updated":true,"contact_version":2}""");
        (await rider.Contact(order)).Member("current_phone").ShouldBe(customer.Contact);
    }

    [Fact]
    public async Task EmailChange_IsNoMatterForTheRider()
    {
        var (customer, rider, _, order) = await OnTheWay();

        var change = await ContactChange.Request(customer, "email", Contacts.NewEmail());
        (await change.Verify()).ShouldBe(HttpStatusCode.OK);

        (await rider.Poll(order)).Text.ShouldContain("\"phone_updated\":false");
    }

    private async Task<(Customer, Rider, OrderSystem, Guid Order)> OnTheWay()
    {
        var orders = await OrderSystem.Create(service.Api);
        var rider = await Rider.Create(service.Api);
        var customer = await service.Api.SignUp("phone", Contacts.NewPhone());
        var order = await orders.Place(customer.Id, await customer.AddAddress());
        (await orders.Move(order, "accepted", rider.Id)).ShouldBe(HttpStatusCode.OK);
        return (customer, rider, orders, order);
    }

    private static async Task Change(Customer customer, string newPhone)
    {
        var change = await ContactChange.Request(customer, "phone", newPhone, isConfirmed: true);
        (await change.Verify()).ShouldBe(HttpStatusCode.OK);
    }
}
