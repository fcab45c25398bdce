using System.Text.Json;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Tests.Orders;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Branches;

public sealed class BranchTests(PostgresFixture postgres) : OrderWorldTests(postgres)
{
    private const string Purpose = "Missing item";
    private const string Log =
        "SELECT coalesce(string_agg(concat_ws(' ', accessed_by_user_id, customer_user_id, role, "
        + "branch_id, purpose, order_id, fields), ';' ORDER BY id), '') "
        + "FROM customer_data_access_logs";

    private readonly Caller _staff =
        new(Guid.CreateVersion7(), CallerRole.Branch, 0, OrderWorld.Branch);

    private IBranchGrain Desk => World.Silo.Grains.GetGrain<IBranchGrain>(0);

    [Fact]
    public async Task Customer_OfTheOwnBranch_IsShown_AndTheLookIsLogged()
    {
        var (customer, address) = await World.SignUp();
        var order = await World.Place(customer, address);

        var reply = await Desk.GetCustomer(order, $" {Purpose} ", _staff);

        reply.Code.ShouldBe(ReplyCode.Ok);
        var seen = OrderWorld.Json(reply.Body);
        seen.EnumerateObject().Select(m => m.Name)
            .ShouldBe(["order_id", "customer_id", "name", "phone", "address"]);
        seen.GetProperty("order_id").GetGuid().ShouldBe(order);
        seen.GetProperty("customer_id").GetGuid().ShouldBe(customer);
        seen.GetProperty("name").GetString().ShouldBe("Ann");
        seen.GetProperty("phone").GetString().ShouldStartWith("+4915");
        seen.GetProperty("address").GetProperty("line1").GetString().ShouldBe("1 Main Street");
        (await Logged()).ShouldBe(
            $"{_staff.Id} {customer} utb {OrderWorld.Branch} {Purpose} {order} "
            + "{name,phone,address}");
    }

    [Fact]
    public async Task Customer_OfAnotherBranch_IsAsAbsent_BeforeThePurposeIsLookedAt()
    {
        var (customer, address) = await World.SignUp();
        var order = await World.Place(customer, address);
        var stranger = _staff with { BranchId = Guid.NewGuid() };

        foreach (var purpose in (string?[])[Purpose, null, "", new string('x', 201)])
        {
            (await Desk.GetCustomer(order, purpose, stranger)).Code
                .ShouldBe(ReplyCode.OrderUnknown);
            (await Desk.GetCustomer(Guid.NewGuid(), purpose, _staff)).Code
                .ShouldBe(ReplyCode.OrderUnknown);
        }

        (await Items(stranger)).ShouldBeEmpty();
        (await Logged()).ShouldBe("");
    }

    [Theory]
    [InlineData(null, ReplyCode.PurposeRequired)]
    [InlineData("", ReplyCode.PurposeRequired)]
    [InlineData(" \t ", ReplyCode.PurposeRequired)]
    [InlineData("a\u0000b", ReplyCode.InvalidMember)]
    [InlineData("\u0007", ReplyCode.InvalidMember)]
    public async Task Look_WithoutAPurpose_ShowsNothing_AndLogsNothing(
        string? purpose, ReplyCode code)
    {
        var (customer, address) = await World.SignUp();
        var order = await World.Place(customer, address);

        (await Desk.GetCustomer(order, purpose, _staff)).Code.ShouldBe(code);
        (await Desk.ListOrders(new(50, null), purpose, _staff)).Code.ShouldBe(code);
        (await Logged()).ShouldBe("");
    }

    [Fact]
    public async Task Purpose_OfItsFullLength_IsAccepted_InAnyScript_AndNoLonger()
    {
        var (customer, address) = await World.SignUp();
        var order = await World.Place(customer, address);
        (await Desk.GetCustomer(order, new string('界', 200), _staff)).Code.ShouldBe(ReplyCode.Ok);
        (await Desk.GetCustomer(order, new string('x', 201), _staff)).Code
            .ShouldBe(ReplyCode.InvalidMember);
    }

    [Fact]
    public async Task NoLog_NoData()
    {
        var (customer, address) = await World.SignUp();
        var order = await World.Place(customer, address);
        await World.Silo.Database.Execute(
            "REVOKE INSERT ON customer_data_access_logs FROM service");

        await Should.ThrowAsync<TryAgainException>(Desk.GetCustomer(order, Purpose, _staff));
        await Should.ThrowAsync<TryAgainException>(
            Desk.ListOrders(new(50, null), Purpose, _staff));

        await World.Silo.Database.Execute(
            "GRANT INSERT ON customer_data_access_logs TO service");
        (await Desk.GetCustomer(order, Purpose, _staff)).Code.ShouldBe(ReplyCode.Ok);
    }

    [Fact]
    public async Task List_NamesEveryCustomer_MasksPhones_AndLogsEachThatIsShown()
    {
        var orders = new List<(Guid Customer, Guid Order)>();
        for (var i = 0; i < 3; i++)
        {
            var (customer, address) = await World.SignUp();
            World.Silo.Time.Advance(TimeSpan.FromSeconds(1));
            orders.Add((customer, await World.Place(customer, address)));
        }

        var first = await Desk.ListOrders(new(2, null), Purpose, _staff);
        var list = OrderWorld.Json(first.Body);
        var cursor = list.GetProperty("next_cursor").GetString().ShouldNotBeNull();
        var rows = list.GetProperty("items").EnumerateArray().ToList();
        rows.Select(r => r.GetProperty("order_id").GetGuid())
            .ShouldBe([orders[2].Order, orders[1].Order]);
        rows.ShouldAllBe(r => r.GetProperty("name").GetString() == "Ann");
        foreach (var row in rows)
            row.GetProperty("masked_phone").GetString()!.ShouldMatch(@"^\*{10,}[0-9]{2}$");
        (await Logged()).Split(';').Length.ShouldBe(2, "the third is not shown");

        var second = OrderWorld.Json((await Desk.ListOrders(new(2, cursor), Purpose, _staff)).Body);
        second.GetProperty("next_cursor").ValueKind.ShouldBe(JsonValueKind.Null);
        second.GetProperty("items")[0].GetProperty("order_id").GetGuid()
            .ShouldBe(orders[0].Order);
        foreach (var (customer, order) in orders)
            (await Logged()).ShouldContain($"{customer} utb {OrderWorld.Branch} {Purpose} {order}");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAA")]
    [InlineData("__________________________________")]
    public async Task List_WithAnotherCursor_IsRefused(string cursor) =>
        (await Desk.ListOrders(new(2, cursor), Purpose, _staff)).Code
            .ShouldBe(ReplyCode.InvalidMember);

    [Fact]
    public async Task Barred_CustomersOrdersUnderWay_AreStillShown()
    {
        var (customer, address) = await World.SignUp();
        var order = await World.Place(customer, address);
        await World.Customer(customer).Bar(
            new BarDraft { ReasonCode = "abuse" }, World.System());
        (await Desk.GetCustomer(order, Purpose, _staff)).Code.ShouldBe(ReplyCode.Ok);
    }

    private Task<string> Logged() => World.Silo.Database.Query<string>(Log);

    private async Task<List<JsonElement>> Items(Caller caller)
    {
        var reply = await Desk.ListOrders(new(200, null), Purpose, caller);
        reply.Code.ShouldBe(ReplyCode.Ok);
        return [.. OrderWorld.Json(reply.Body).GetProperty("items").EnumerateArray()];
    }
}
