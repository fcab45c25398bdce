using CustomerGrains.GrainInterfaces;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Orders;

public sealed class OrderTests(PostgresFixture postgres) : OrderWorldTests(postgres)
{
    [Fact]
    public async Task Place_FiftyTimesAtOnce_CreatesOneOrder()
    {
        var (customer, address) = await World.SignUp();
        var draft = OrderWorld.Draft(customer, address);

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            World.Customer(customer).PlaceOrder(draft, World.System())));

        replies.Count(r => r.Code == ReplyCode.Created).ShouldBe(1);
        replies.Count(r => r.Code == ReplyCode.Ok).ShouldBe(49);
        replies.Select(r => Convert.ToHexString(r.Body)).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Place_UnderAKey_ReplaysTheFirstAnswer_AfterTheEndToo()
    {
        var (customer, address) = await World.SignUp();
        var draft = OrderWorld.Draft(customer, address);
        Task<Reply> Send(byte scope, byte print) => World.Customer(customer)
            .PlaceOrder(draft, World.System(OrderWorld.Key(scope, print)));

        var first = await Send(1, 1);
        await World.Deliver(customer, draft.OrderId);
        var again = await Send(1, 1);

        (again.Code, again.Replayed).ShouldBe((ReplyCode.Created, true));
        again.Body.ShouldBe(first.Body);
        (await Send(1, 2)).Code.ShouldBe(ReplyCode.IdempotencyKeyReused);
        var otherKey = await Send(2, 1);
        (otherKey.Code, otherKey.Replayed).ShouldBe((ReplyCode.Ok, false));
        OrderWorld.Json(otherKey.Body).GetProperty("status").GetString().ShouldBe("delivered");
    }

    [Fact]
    public async Task Place_UnderAnothersId_IsRefused_ActiveOrEnded()
    {
        var (customer, address) = await World.SignUp();
        var (other, otherAddress) = await World.SignUp();
        var id = await World.Place(customer, address);

        var draft = OrderWorld.Draft(other, otherAddress, id);
        (await World.Customer(other).PlaceOrder(draft, World.System())).Code
            .ShouldBe(ReplyCode.OrderExists);
        await World.Deliver(customer, id);
        (await World.Customer(other).PlaceOrder(draft, World.System())).Code
            .ShouldBe(ReplyCode.OrderExists);
        (await World.Report(other, id, "accepted")).Code.ShouldBe(ReplyCode.OrderUnknown);
    }

    [Fact]
    public async Task Place_OneIdForManyCustomersAtOnce_HasOneOwner()
    {
        var customers = new List<(Guid Id, Guid Address)>();
        for (var i = 0; i < 8; i++) customers.Add(await World.SignUp());
        var id = Guid.CreateVersion7();

        var replies = await Task.WhenAll(customers.Select(c => World.Customer(c.Id)
            .PlaceOrder(OrderWorld.Draft(c.Id, c.Address, id), World.System())));

        replies.Count(r => r.Code == ReplyCode.Created).ShouldBe(1);
        replies.Count(r => r.Code == ReplyCode.OrderExists).ShouldBe(7);
        var owner = await World.Silo.Grains.GetGrain<IOrderGrain>(id).GetCustomer();
        owner.ShouldBe(customers[Array.FindIndex(replies, r => r.Code == ReplyCode.Created)].Id);
    }

    [Fact]
    public async Task Place_ForNobody_IsRefused_AfterTheBodyWasLookedAt()
    {
        var nobody = Guid.CreateVersion7();
        var draft = OrderWorld.Draft(nobody, null);

        (await World.Customer(nobody).PlaceOrder(draft, World.System())).Code
            .ShouldBe(ReplyCode.OrderCustomerUnknown);
        (await World.Customer(nobody).PlaceOrder(draft with { Total = "1" }, World.System()))
            .Code.ShouldBe(ReplyCode.InvalidMember);
    }

    [Theory]
    [InlineData("total", "499")]
    [InlineData("total", "-1.00")]
    [InlineData("total", "499.001")]
    [InlineData("total", "100000000.00")]
    [InlineData("total", "1e3")]
    [InlineData("total", "4٩.00")]
    [InlineData("total", "1.00\n")]
    [InlineData("placed_at", "2026-11-23T08:02:00Z")]
    [InlineData("placed_at", "2026-11-23")]
    [InlineData("placed_at", "2026-11-23T07:00:00")]
    [InlineData("placed_at", "2026-13-23T07:00:00Z")]
    [InlineData("placed_at", "0001-01-01T00:00:00+05:00")]
    [InlineData("placed_at", "")]
    [InlineData("categories", "Alcohol")]
    [InlineData("categories", "a,b")]
    [InlineData("contact.phone", "0151 2345")]
    [InlineData("contact.phone", "")]
    [InlineData("contact.name", "")]
    public async Task Place_WithABadValue_NamesTheMember(string member, string value)
    {
        var (customer, address) = await World.SignUp();
        var draft = OrderWorld.Draft(customer, address);
        draft = member switch
        {
            "total" => draft with { Total = value },
            "placed_at" => draft with { PlacedAt = value },
            "categories" => draft with { Categories = [value] },
            "contact.phone" => draft with { Contact = new("Bob", value) },
            _ => draft with { Contact = new(value, "+4915112345678") },
        };

        var reply = await World.Customer(customer).PlaceOrder(draft, World.System());

        reply.Code.ShouldBe(ReplyCode.InvalidMember);
        reply.Errors.ShouldHaveSingleItem().Member.ShouldBe(member);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("1999-12-31T23:59:59.1234567+05:30")]
    [InlineData("2026-11-23T08:00:59Z")]
    public async Task Place_AtAnyPastTime_IsAccepted(string placedAt)
    {
        var (customer, address) = await World.SignUp();
        var draft = OrderWorld.Draft(customer, address) with { PlacedAt = placedAt };
        (await World.Customer(customer).PlaceOrder(draft, World.System())).Code
            .ShouldBe(ReplyCode.Created);
    }

    [Fact]
    public async Task Progress_ToTheEnd_IsAnsweredTheSameAgain_AndNothingFollows()
    {
        var (customer, address) = await World.SignUp();
        var id = await World.Place(customer, address);
        await World.Report(customer, id, "accepted");
        await World.Report(customer, id, "picked_up");
        var report = new OrderReport("delivered", null, "450.50");

        var first = await World.Customer(customer).ProgressOrder(id, report, World.System());
        var again = await World.Customer(customer).ProgressOrder(
            id, report with { Total = "1.00" }, World.System());

        OrderWorld.Json(first.Body).GetProperty("total").GetString().ShouldBe("450.50");
        again.Body.ShouldBe(first.Body);
        (await World.Customer(customer).GetOrder(id)).Body.ShouldBe(first.Body);
        (await World.Report(customer, id, "cancelled")).Code.ShouldBe(ReplyCode.IllegalTransition);
        var profile = OrderWorld.Json((await World.Customer(customer)
            .GetProfile(World.Own(customer).Caller)).Body);
        profile.GetProperty("total_orders_count").GetInt32().ShouldBe(1);
        profile.GetProperty("total_spend").GetString().ShouldBe("450.50");
        profile.GetProperty("average_order_value").GetString().ShouldBe("450.50");
    }

    [Fact]
    public async Task Place_ByABarredCustomer_IsRefusedButAReplayIsNot()
    {
        var (customer, address) = await World.SignUp();
        var draft = OrderWorld.Draft(customer, address);
        var key = OrderWorld.Key(1, 1);
        await World.Customer(customer).PlaceOrder(draft, World.System(key));
        await World.Customer(customer).Bar(
            new BarDraft { ReasonCode = "abuse" }, World.System());

        (await World.Customer(customer).PlaceOrder(
            OrderWorld.Draft(customer, address), World.System())).Code
            .ShouldBe(ReplyCode.AccountBlocked);
        (await World.Customer(customer).PlaceOrder(draft, World.System(key))).Replayed
            .ShouldBeTrue();
    }

    [Fact]
    public async Task Address_OfAnActiveOrder_NamesTheOrdersInTheWay()
    {
        var (customer, address) = await World.SignUp();
        var id = await World.Place(customer, address);

        var refused = await World.Customer(customer).RemoveAddress(
            address, confirmsActiveOrder: false, World.Own(customer));

        refused.Code.ShouldBe(ReplyCode.AddressInActiveOrder);
        refused.ActiveOrders.ShouldBe([id]);
        (await World.Customer(customer).RemoveAddress(
            address, confirmsActiveOrder: true, World.Own(customer))).Code.ShouldBe(ReplyCode.Ok);
        OrderWorld.Json((await World.Customer(customer).GetOrder(id)).Body)
            .GetProperty("customer_snapshot").GetProperty("address").GetProperty("line1")
            .GetString().ShouldBe("1 Main Street");
    }

    [Fact]
    public async Task Order_OfNobody_IsFoundNowhere()
    {
        var id = Guid.CreateVersion7();
        (await World.Silo.Grains.GetGrain<IOrderGrain>(id).GetCustomer()).ShouldBeNull();
        (await World.Customer(id).GetOrder(id)).Code.ShouldBe(ReplyCode.OrderUnknown);
        (await World.Report(id, id, "accepted")).Code.ShouldBe(ReplyCode.OrderUnknown);
        (await World.Report(id, id, "placed")).Code.ShouldBe(ReplyCode.InvalidMember);
    }
}
