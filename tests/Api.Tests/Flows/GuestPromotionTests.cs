using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

/// <summary>A guest who proves a contact stays the same customer.</summary>
public sealed class GuestPromotionTests(ServiceFixture service)
{
    [Fact]
    public async Task Promotion_KeepsIdAddressesAndOrders()
    {
        var guest = await service.Api.CreateGuest();
        var address = await guest.AddAddress();
        var orders = await OrderSystem.Create(service.Api);
        var placed = await orders.Place(OrderSystem.Draft(
            guest.Id, address, more: ""","contact":{"name":"Ann","phone":"+919812345678"}"""));
        var order = placed.ShouldBe(HttpStatusCode.Created).Json.GetProperty("order_id").GetGuid();
        await orders.Deliver(order);

        var email = Contacts.NewEmail();
        var change = await ContactChange.Request(guest, "email", email);
        var profile = (await change.Verify()).ShouldBe(HttpStatusCode.OK).Json;

        profile.GetProperty("id").GetGuid().ShouldBe(guest.Id);
        profile.GetProperty("account_status").GetString().ShouldBe("active");
        profile.GetProperty("is_temporary").GetBoolean().ShouldBeFalse();
        profile.GetProperty("total_orders_count").GetInt32().ShouldBe(1);
        (await guest.Addresses()).ShouldHaveSingleItem().GetProperty("id").GetGuid()
            .ShouldBe(address);
        (await orders.Get(order)).ShouldBe(HttpStatusCode.OK).Member("customer_id")
            .ShouldBe(guest.Id.ToString());
        (await service.Api.SignUp("email", email)).Id.ShouldBe(guest.Id);
    }
}
