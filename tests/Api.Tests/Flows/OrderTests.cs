using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Flows;

public sealed class OrderTests(ServiceFixture service) : IAsyncLifetime
{
    private OrderSystem orders = null!;

    public async ValueTask InitializeAsync() => orders = await OrderSystem.Create(service.Api);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Place_AnswersTheOrderWithItsSnapshot()
    {
        var customer = await service.Api.SignUp("phone", Contacts.NewPhone());
        await customer.Edit("""{"name":"Asha Rao"}""");
        var address = await customer.AddAddress();

        var placed = await orders.Place(OrderSystem.Draft(customer.Id, address));

        var order = placed.ShouldBe(HttpStatusCode.Created).Json;
        order.EnumerateObject().Select(member => member.Name).ShouldBe(
            [
                "order_id", "customer_id", "branch_id", "status", "rider_id", "total",
                "customer_snapshot", "phone_updated", "placed_at", "updated_at",
            ],
            ignoreOrder: true);
        placed.Member("status").ShouldBe("placed");
        placed.Member("total").ShouldBe("499.00");
        placed.Member("placed_at").ShouldStartWith("2026-01-31T12:00:00");
        var snapshot = order.GetProperty("customer_snapshot");
        snapshot.EnumerateObject().Select(member => member.Name)
            .ShouldBe(["name", "phone", "email", "address", "taken_at"], ignoreOrder: true);
        snapshot.GetProperty("name").GetString().ShouldBe("Asha Rao");
        snapshot.GetProperty("phone").GetString().ShouldBe(customer.Contact);
        snapshot.GetProperty("address").EnumerateObject().Select(member => member.Name).ShouldBe(
            [
                "label", "line1", "line2", "city", "state", "postal_code", "country", "latitude",
                "longitude",
            ],
            ignoreOrder: true);
        (await orders.Get(order.GetProperty("order_id").GetGuid())).Body.ShouldBe(placed.Body);
    }

    [Fact]
    public async Task Snapshot_StaysWhateverTheCustomerEdits()
    {
        var customer = await service.Api.SignUp();
        var address = await customer.AddAddress();
        var order = await orders.Place(customer.Id, address);
        var before = (await orders.Get(order)).Member("customer_snapshot");

        await customer.Edit("""{"name":"Somebody Else"}""");
        (await customer.Patch(
            Customer.AddressPath(address) + "?confirm_active_order=true", """{"line1":"9 New Street"}"""))
            .ShouldBe(HttpStatusCode.OK);
        await orders.Deliver(order);

        (await orders.Get(order)).Member("customer_snapshot").ShouldBe(before);
    }

    [Fact]
    public async Task Place_FiftyTimesAtOnce_CreatesOneOrder()
    {
        var customer = await service.Api.SignUp();
        var draft = OrderSystem.Draft(customer.Id, await customer.AddAddress());

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => orders.Place(draft)));

        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(49);
        answers.Select(answer => answer.Text).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Place_FiftyTimesAtOnceUnderAKey_GivesTheFirstAnswer()
    {
        var customer = await service.Api.SignUp();
        var draft = OrderSystem.Draft(customer.Id, await customer.AddAddress());
        var key = Guid.NewGuid().ToString();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => orders.Place(draft, key)));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Created);
        answers.Count(answer => !answer.IsReplay).ShouldBe(1);
        answers.Select(answer => answer.Text).Distinct().ShouldHaveSingleItem();
        (await orders.Place(draft.Replace("499.00", "1.00", StringComparison.Ordinal), key))
            .ShouldBeProblem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task Place_SameKeyOtherCustomer_IsAnotherRequest()
    {
        var key = Guid.NewGuid().ToString();
        for (var i = 0; i < 2; i++)
        {
            var customer = await service.Api.SignUp();
            var placed = await orders.Place(OrderSystem.Draft(customer.Id, null), key);
            placed.ShouldBe(HttpStatusCode.Created).IsReplay.ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Place_Refusals_AreToldApart()
    {
        var customer = await service.Api.SignUp();
        var address = await customer.AddAddress();
        var guest = await service.Api.CreateGuest();
        var guestAddress = await guest.AddAddress();
        var order = await orders.Place(customer.Id, address);
        const string contact = ""","contact":{"name":"Bob","phone":"+919812345678"}""";

        (await orders.Place(OrderSystem.Draft(Guid.NewGuid(), address)))
            .ShouldBeProblem(422, "customer-unknown");
        (await orders.Place(OrderSystem.Draft(customer.Id, address, order, contact)))
            .ShouldBeProblem(409, "order-exists");
        (await orders.Place(OrderSystem.Draft(guest.Id, guestAddress, order)))
            .ShouldBeProblem(409, "order-exists");
        (await orders.Place(OrderSystem.Draft(customer.Id, guestAddress)))
            .ShouldBeProblem(422, "address-unknown");
        (await orders.Place(OrderSystem.Draft(guest.Id, guestAddress)))
            .ShouldBeProblem(422, "contact-missing");
        (await orders.Place(OrderSystem.Draft(customer.Id, address, categories: "\"tobacco\"")))
            .ShouldBeProblem(403, "age-unknown");
        await customer.Edit("""{"date_of_birth":"2020-01-01"}""");
        (await orders.Place(OrderSystem.Draft(customer.Id, address, categories: "\"tobacco\"")))
            .ShouldBeProblem(403, "underage");

        var byGuest = await orders.Place(OrderSystem.Draft(guest.Id, guestAddress, more: contact));
        var snapshot = byGuest.ShouldBe(HttpStatusCode.Created).Json.GetProperty("customer_snapshot");
        snapshot.GetProperty("name").GetString().ShouldBe("Bob");
        snapshot.GetProperty("phone").GetString().ShouldBe("+919812345678");
    }

    [Theory]
    [InlineData("\"total\":\"499.00\"", "\"total\":499", "invalid-member", "total")]
    [InlineData("\"total\":\"499.00\"", "\"total\":\"-1.00\"", "invalid-member", "total")]
    [InlineData("\"total\":\"499.00\"", "\"total\":\"100000000.00\"", "invalid-member", "total")]
    [InlineData("\"total\":\"499.00\",", "", "invalid-member", "total")]
    [InlineData("\"categories\":[]", "\"categories\":\"alcohol\"", "invalid-member", "categories")]
    [InlineData("\"categories\":[]", "\"categories\":[1]", "invalid-member", "categories")]
    [InlineData("\"categories\":[]", "\"categories\":[\"Alcohol\"]", "invalid-member", "categories")]
    [InlineData("\"categories\":[],", "", "invalid-member", "categories")]
    [InlineData("\"address_id\":null,", "", "invalid-member", "address_id")]
    [InlineData("\"address_id\":null", "\"address_id\":\"x\"", "invalid-member", "address_id")]
    [InlineData("\"order_id\":\"", "\"order_id\":\"x", "invalid-member", "order_id")]
    [InlineData("\"branch_id\":\"", "\"branch_id\":\"x", "invalid-member", "branch_id")]
    [InlineData("2026-01-31T12:00:00Z", "2999-01-31T12:00:00Z", "invalid-member", "placed_at")]
    [InlineData("2026-01-31T12:00:00Z", "yesterday", "invalid-member", "placed_at")]
    [InlineData("\"total\"", "\"contact\":7,\"total\"", "invalid-member", "contact")]
    [InlineData("\"total\"", "\"contact\":{},\"total\"", "invalid-member", "contact.phone")]
    [InlineData("\"total\"", "\"contact\":{\"phone\":\"12\"},\"total\"", "invalid-member", "contact.phone")]
    [InlineData("\"total\"", "\"contact\":{\"fax\":\"12\"},\"total\"", "unknown-member", "contact.fax")]
    [InlineData("\"total\"", "\"colour\":1,\"total\"", "unknown-member", "colour")]
    [InlineData("\"total\"", "\"status\":\"placed\",\"total\"", "read-only-member", "status")]
    public async Task Place_WithABadMember_NamesIt(
        string good, string bad, string code, string member)
    {
        var customer = await service.Api.SignUp();
        var draft = OrderSystem.Draft(customer.Id, null);
        draft.ShouldContain(good);

        var answer = await orders.Place(draft.Replace(good, bad, StringComparison.Ordinal));

        answer.ShouldBeProblem(400, code, member);
    }

    [Fact]
    public async Task Report_ToTheDelivery_CountsInTheProfile()
    {
        var customer = await service.Api.SignUp();
        var order = await orders.Place(customer.Id, await customer.AddAddress());
        var rider = Guid.NewGuid();

        (await orders.Move(order, "picked_up")).ShouldBeProblem(409, "illegal-transition");
        var accepted = await orders.Move(order, "accepted", rider);
        accepted.ShouldBe(HttpStatusCode.OK).Member("rider_id").ShouldBe(rider.ToString());
        (await orders.Move(order, "accepted")).Body.ShouldBe(accepted.Body);
        await orders.Move(order, "picked_up");
        var delivered = await orders.Report(
            order, """{"status":"delivered","total":"450.50"}""");

        delivered.ShouldBe(HttpStatusCode.OK).Member("total").ShouldBe("450.50");
        (await orders.Move(order, "delivered")).Body.ShouldBe(delivered.Body);
        (await orders.Move(order, "failed")).ShouldBeProblem(409, "illegal-transition");
        var profile = await customer.Profile();
        profile.Member("total_orders_count").ShouldBe("1");
        profile.Member("total_spend").ShouldBe("450.50");
        profile.Member("average_order_value").ShouldBe("450.50");
    }

    [Fact]
    public async Task Report_BadBodiesAndUnknownOrders_AreRefused()
    {
        var customer = await service.Api.SignUp();
        var order = await orders.Place(customer.Id, null);

        (await orders.Move(Guid.NewGuid(), "accepted")).ShouldBeProblem(404, "not-found");
        (await orders.Get(Guid.NewGuid())).ShouldBeProblem(404, "not-found");
        (await orders.Move(order, "placed")).ShouldBeProblem(400, "invalid-member", "status");
        (await orders.Report(order, "{}")).ShouldBeProblem(400, "invalid-member", "status");
        (await orders.Report(order, """{"status":"accepted","rider_id":"x"}"""))
            .ShouldBeProblem(400, "invalid-member", "rider_id");
        (await orders.Report(order, """{"status":"accepted","total":"x"}"""))
            .ShouldBeProblem(400, "invalid-member", "total");
    }

    [Fact]
    public async Task Report_UnderAKey_ReplaysByteForByte()
    {
        var customer = await service.Api.SignUp();
        var order = await orders.Place(customer.Id, null);
        var key = Guid.NewGuid().ToString();

        var first = await orders.Report(order, """{"status":"accepted"}""", key);
        await orders.Move(order, "picked_up");
        var again = await orders.Report(order, """{"status":"accepted"}""", key);

        again.ShouldBe(HttpStatusCode.OK).IsReplay.ShouldBeTrue();
        again.Body.ShouldBe(first.Body);
        (await orders.Report(order, """{"status":"accepted"}"""))
            .ShouldBeProblem(409, "illegal-transition");
    }

    [Fact]
    public async Task Address_OfAnActiveOrder_ChangesAfterConfirmationOnly()
    {
        var customer = await service.Api.SignUp();
        var address = await customer.AddAddress();
        var order = await orders.Place(customer.Id, address);
        var path = Customer.AddressPath(address);

        var refused = await customer.Delete(path);
        refused.ShouldBeProblem(409, "address-in-active-order");
        refused.Json.GetProperty("active_orders")[0].GetGuid().ShouldBe(order);
        (await customer.Patch(path, """{"city":"Delhi"}"""))
            .ShouldBeProblem(409, "address-in-active-order");
        (await customer.Patch(path + "?confirm_active_order=false", """{"city":"Delhi"}"""))
            .ShouldBeProblem(409, "address-in-active-order");
        (await customer.Patch(path + "?confirm_active_order=true", """{"city":"Delhi"}"""))
            .ShouldBe(HttpStatusCode.OK);
        (await customer.Delete(path + "?confirm_active_order=true"))
            .ShouldBe(HttpStatusCode.NoContent);
    }
}
