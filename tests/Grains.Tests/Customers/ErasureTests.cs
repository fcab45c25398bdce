using System.Text;
using System.Text.Json;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Customers;
using CustomerGrains.Grains.Tests.Orders;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Customers;

/// <summary>Erasures across time, restarts, silos' timers, and what everybody sees afterwards.
/// </summary>
public sealed class ErasureTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);
    private static readonly HistoryQuery All = new(null, null, null, new PageRequest(50, null));

    private readonly Caller _admin = new(Guid.CreateVersion7(), CallerRole.Admin, 0);
    private readonly Guid _rider = Guid.CreateVersion7();
    private OrderWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await OrderWorld.Create(postgres);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Erasure_RunsAtItsTime_AlsoAfterARestart(bool restarts)
    {
        var (customer, _) = await _world.SignUp();
        Show(await _world.Customer(customer).RequestErasure(_world.Own(customer)))
            .ShouldBe("""{"state":"grace","runs_at":"2026-11-30T08:00:00Z","waiting_for":[]}""");
        if (restarts) await _world.Silo.Forget(customer);

        _world.Silo.Time.Advance(Grace - TimeSpan.FromMilliseconds(1));
        (await Run()).ShouldBe(0);
        (await Profile(customer)).ShouldBe(ReplyCode.Ok);
        if (restarts) await _world.Silo.Forget(customer);

        _world.Silo.Time.Advance(TimeSpan.FromMilliseconds(1));
        (await Run()).ShouldBe(1);
        (await Profile(customer)).ShouldBe(ReplyCode.CustomerUnknown);
        (await _world.Customer(customer).RequestErasure(_world.Own(customer))).Code
            .ShouldBe(ReplyCode.CustomerUnknown);
        (await Run()).ShouldBe(0);
    }

    [Fact]
    public async Task Erasure_IsDoneOnce_HoweverManySilosLook()
    {
        var customers = new List<Guid>();
        for (var i = 0; i < 5; i++) customers.Add((await _world.SignUp()).Customer);
        foreach (var customer in customers) await Request(customer);
        _world.Silo.Time.Advance(Grace);

        await Task.WhenAll(Run(), Run(), Run());

        (await _world.Silo.Database.Query<long>(
            "SELECT count(*) FROM customer_event WHERE events LIKE '%\"erased\"%'")).ShouldBe(5);
        (await _world.Silo.Database.Query<long>("SELECT count(*) FROM customer_data_keys"))
            .ShouldBe(0);
    }

    [Fact]
    public async Task Order_DefersIt_AndWhenItEndsItRunsByItself()
    {
        var (customer, address) = await _world.SignUp();
        await Request(customer);
        var order = await _world.Place(customer, address);
        _world.Silo.Time.Advance(Grace);

        (await Run()).ShouldBe(0);
        Show(await Get(customer)).ShouldBe(
            """{"state":"deferred","runs_at":"2026-11-30T08:00:00Z","waiting_for":"""
            + $$"""[{"kind":"active_order","order_id":"{{order}}","until":null}]}""");
        (await _world.Customer(customer).Erase(_world.System())).Code.ShouldBe(ReplyCode.Ok);
        (await Profile(customer)).ShouldBe(ReplyCode.Ok);

        await _world.Deliver(customer, order);
        (await Run()).ShouldBe(1);
        (await Profile(customer)).ShouldBe(ReplyCode.CustomerUnknown);
    }

    [Fact]
    public async Task ContactChange_ThatCanBeUndone_FreezesIt()
    {
        await using var world = await ContactChangeWorld.Start(postgres);
        var (old, next) = (world.NewPhone(), world.NewPhone());
        var customer = await world.SignUp(old);
        var (change, code) = await world.Request(customer, next);
        (await world.Verify(customer, change, code)).Code.ShouldBe(ReplyCode.Ok);

        var answer = await world.Grain(customer).RequestErasure(world.Context(customer));
        Show(answer).ShouldBe(
            """{"state":"deferred","runs_at":"2026-11-30T08:00:00Z","waiting_for":"""
            + """[{"kind":"contact_undo","order_id":null,"until":"2026-11-26T08:00:00Z"}]}""");
        world.Silo.Time.Advance(TimeSpan.FromDays(3));
        Show(await world.Grain(customer).GetErasure(world.Context(customer).Caller))
            .ShouldStartWith("""{"state":"grace",""");
    }

    [Fact]
    public async Task Cancel_WithinTheGraceTime_KeepsEverything()
    {
        var (customer, _) = await _world.SignUp();
        await Request(customer);
        (await _world.Customer(customer).CancelErasure(_world.Own(customer))).Code
            .ShouldBe(ReplyCode.Ok);
        _world.Silo.Time.Advance(Grace);

        (await Run()).ShouldBe(0);
        (await Get(customer)).Code.ShouldBe(ReplyCode.ErasureUnknown);
        (await _world.Customer(customer).CancelErasure(_world.Own(customer))).Code
            .ShouldBe(ReplyCode.ErasureUnknown);
        (await Profile(customer)).ShouldBe(ReplyCode.Ok);
    }

    [Fact]
    public async Task CancelAndRun_AtOnce_OneOfThemWins()
    {
        var customers = new List<Guid>();
        for (var i = 0; i < 12; i++) customers.Add((await _world.SignUp()).Customer);
        foreach (var customer in customers) await Request(customer);
        _world.Silo.Time.Advance(Grace);

        var run = Run();
        var cancelled = await Task.WhenAll(customers.Select(
            c => _world.Customer(c).CancelErasure(_world.Own(c))));
        await run;
        await Run();

        foreach (var (customer, reply) in customers.Zip(cancelled))
        {
            var (isKept, code) = (reply.Code == ReplyCode.Ok, await Profile(customer));
            code.ShouldBe(isKept ? ReplyCode.Ok : ReplyCode.CustomerUnknown);
            if (!isKept) reply.Code.ShouldBe(ReplyCode.CustomerUnknown);
        }
    }

    [Fact]
    public async Task Request_IsToldToEveryContact()
    {
        await using var world = await ContactChangeWorld.Start(postgres);
        var phone = world.NewPhone();
        var customer = await world.SignUp(phone);
        await world.Grain(customer).RequestErasure(world.Context(customer));
        var notice = await world.Newest(phone);
        (notice.Purpose, notice.Code, notice.Token).ShouldBe(("notice", null, null));
        notice.Text.ShouldContain("2026-11-30 08:00 UTC");
    }

    [Fact]
    public async Task Erased_OrderSystemStillHasItsOrders_WithoutThePerson()
    {
        var (customer, order) = await Erased();

        var seen = OrderWorld.Json((await _world.Customer(customer).GetOrder(order)).Body);
        seen.GetProperty("status").GetString().ShouldBe("delivered");
        seen.GetProperty("total").GetString().ShouldBe("499.00");
        var snapshot = seen.GetProperty("customer_snapshot");
        foreach (var member in (string[])["name", "phone", "email", "address"])
            snapshot.GetProperty(member).ValueKind.ShouldBe(JsonValueKind.Null, member);
        snapshot.GetProperty("taken_at").GetString().ShouldBe("2026-11-30T07:59:00Z");

        (await _world.Report(customer, order, "delivered")).Code.ShouldBe(ReplyCode.Ok);
        (await _world.Report(customer, order, "picked_up")).Code
            .ShouldBe(ReplyCode.IllegalTransition);
        (await _world.Customer(customer).GetOrder(Guid.NewGuid())).Code
            .ShouldBe(ReplyCode.OrderUnknown);
        (await _world.Customer(customer)
            .PlaceOrder(OrderWorld.Draft(customer, null), _world.System())).Code
            .ShouldBe(ReplyCode.OrderCustomerUnknown);
    }

    [Fact]
    public async Task Erased_RidersStaffAndBranches_SeeNobody()
    {
        var (customer, order) = await Erased();

        (await _world.Customer(customer).GetContact(order, OrderWorld.Rider(_rider))).Code
            .ShouldBe(ReplyCode.OrderUnknown);
        (await _world.Customer(customer).GetPhoneUpdated(order, _rider)).ShouldBeNull();
        (await _world.Customer(customer).AcknowledgeContact(order, 0, new CommandContext(
            Guid.CreateVersion7(), OrderWorld.Rider(_rider)))).Code
            .ShouldBe(ReplyCode.OrderUnknown);
        (await _world.Customer(customer).GetForStaff(null, _admin)).Code
            .ShouldBe(ReplyCode.CustomerNotFound);
        (await _world.Customer(customer).Bar(
            new BarDraft { ReasonCode = "fraud" },
            new CommandContext(Guid.CreateVersion7(), _admin))).Code
            .ShouldBe(ReplyCode.CustomerNotFound);

        var desk = _world.Silo.Grains.GetGrain<IBranchGrain>(0);
        var staff = new Caller(Guid.CreateVersion7(), CallerRole.Branch, 0, OrderWorld.Branch);
        var one = Show(await desk.GetCustomer(order, "Complaint", staff));
        one.ShouldContain("\"name\":null,\"phone\":null,\"address\":null");
        Show(await desk.ListOrders(new PageRequest(50, null), "Complaint", staff))
            .ShouldContain("\"name\":null,\"masked_phone\":null");
    }

    [Fact]
    public async Task Erased_HistoryAndAccessLogStay_WithoutValues()
    {
        var (customer, _) = await Erased();
        var history = _world.Silo.Grains.GetGrain<IHistoryGrain>(0);

        var text = Show(await history.GetHistory(customer, All, _admin));
        foreach (var kind in (string[])["erased", "erasure_requested", "name_changed", "order_placed"])
            text.ShouldContain($"\"kind\":\"{kind}\"");
        foreach (var value in (string[])["Ann", "Lisbon", "+49", "Main", "1000-001"])
            text.ShouldNotContain(value);
        Show(await history.GetAccessLog(customer, All.Page)).ShouldContain("\"purpose\":\"history\"");
        (await history.GetOwnHistory(All, _world.Own(customer).Caller)).Code
            .ShouldBe(ReplyCode.CustomerUnknown);
    }

    /// <summary>Somebody who was forgotten right after a delivery.</summary>
    private async Task<(Guid Customer, Guid Order)> Erased()
    {
        var (customer, address) = await _world.SignUp();
        await Request(customer);
        _world.Silo.Time.Advance(Grace - TimeSpan.FromMinutes(1));
        var order = await _world.Place(customer, address);
        await _world.Deliver(customer, order, _rider);
        (await _world.Customer(customer).GetContact(order, OrderWorld.Rider(_rider))).Code
            .ShouldBe(ReplyCode.Ok);
        _world.Silo.Time.Advance(TimeSpan.FromMinutes(1));
        (await Run()).ShouldBe(1);
        return (customer, order);
    }

    private async Task Request(Guid customer) =>
        (await _world.Customer(customer).RequestErasure(_world.Own(customer))).Code
            .ShouldBe(ReplyCode.Ok);

    private Task<int> Run() =>
        _world.Silo.Service<DueCommands>().Erase(TestContext.Current.CancellationToken);

    private async Task<Reply> Get(Guid customer) =>
        await _world.Customer(customer).GetErasure(_world.Own(customer).Caller);

    private async Task<ReplyCode> Profile(Guid customer) =>
        (await _world.Customer(customer).GetProfile(_world.Own(customer).Caller)).Code;

    private static string Show(Reply reply)
    {
        reply.Code.ShouldBe(ReplyCode.Ok);
        return Encoding.UTF8.GetString(reply.Body);
    }
}
