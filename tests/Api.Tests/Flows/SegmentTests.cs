using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

public sealed class SegmentTests(ServiceFixture service)
{
    [Fact]
    public async Task Delivery_MovesTheSegment_AndAdministratorsCount()
    {
        var orders = await OrderSystem.Create(service.Api);
        var customer = await service.Api.SignUp();
        await orders.Deliver(await orders.Place(customer.Id, null));
        (await customer.Profile()).Member("customer_segment").ShouldBe("new");
        await orders.Deliver(await orders.Place(customer.Id, null));
        (await customer.Profile()).Member("customer_segment").ShouldBe("promising");
        (await customer.Get("/api/utc/history?kind=segment_changed")).Json
            .GetProperty("items").GetArrayLength().ShouldBe(2);

        var admin = await Admin.Create(service.Api);
        var answer = (await service.Api.Get("/api/admin/segments", admin.Token))
            .ShouldBe(HttpStatusCode.OK).Json;

        answer.GetProperty("rule_version").GetInt32().ShouldBe(1);
        var items = answer.GetProperty("items").EnumerateArray().ToArray();
        items.ShouldNotBeEmpty();
        items[0].EnumerateObject().Select(m => m.Name)
            .ShouldBe(["segment", "tier", "customers"]);
        items.Sum(item => item.GetProperty("customers").GetInt64()).ShouldBeGreaterThan(0);
    }
}
