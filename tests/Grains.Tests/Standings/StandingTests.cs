using System.Text.Json;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Tests.Orders;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Standings;

public sealed class StandingTests(PostgresFixture postgres) : OrderWorldTests(postgres)
{
    private readonly Caller _admin = new(Guid.CreateVersion7(), CallerRole.Admin, 0);

    [Fact]
    public async Task Reward_OfManyAtOnceAndThroughRestarts_IsGrantedOnce()
    {
        await Replace("completion", """{"gender":100}""");
        var (customer, _) = await World.SignUp();
        for (var round = 0; round < 3; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Edit(
                customer, Patch<string>.To(i % 2 == 0 ? "female" : null))));
            await World.Silo.Forget(customer);
        }

        var profile = OrderWorld.Json((await Edit(customer, Patch<string>.To("other"))).Body);

        profile.GetProperty("rewards").EnumerateArray().ShouldHaveSingleItem()
            .GetProperty("code").GetString().ShouldBe("profile-complete");
        (await Rows("reward_granted")).ShouldBe(1);
    }

    [Fact]
    public async Task UnderageOrders_ManyOfThem_LeaveOneRow_AndAdministratorsSeeTheRisk()
    {
        var (customer, address) = await World.SignUp("2015-01-01");
        var replies = await Task.WhenAll(Enumerable.Range(0, 30).Select(i =>
            World.Customer(customer).PlaceOrder(
                OrderWorld.Draft(customer, address) with { Categories = ["alcohol"] },
                World.System(OrderWorld.Key((byte)i, 1)))));

        replies.ShouldAllBe(reply => reply.Code == ReplyCode.Underage && !reply.Replayed);
        (await Rows("underage_order_refused")).ShouldBe(1);
        (await World.Silo.Database.Query<long>("SELECT count(*) FROM idempotent_replies"))
            .ShouldBe(0);
        await World.Silo.Forget(customer);
        var risk = await Risk(customer);
        risk.GetProperty("score").GetInt32().ShouldBe(15);
        risk.GetProperty("rule_version").GetInt32().ShouldBe(1);
        risk.GetProperty("reasons")[0].GetRawText()
            .ShouldBe("""{"code":"underage-orders","points":15,"count":1}""");

        await Replace("risk", """{"underage-orders":{"points":44,"free":0,"max":50}}""");
        (await Risk(customer)).GetRawText().ShouldBe(
            """{"score":44,"rule_version":2,"reasons":[{"code":"underage-orders","points":44,"count":1}]}""");
    }

    [Fact]
    public async Task Risk_IsNotInTheCustomersOwnHistory()
    {
        var (customer, address) = await World.SignUp("2015-01-01");
        await World.Customer(customer).PlaceOrder(
            OrderWorld.Draft(customer, address) with { Categories = ["alcohol"] },
            World.System());
        var history = World.Silo.Grains.GetGrain<IHistoryGrain>(0);
        var all = new HistoryQuery(null, null, null, new PageRequest(50, null));

        var own = await history.GetOwnHistory(all, World.Own(customer).Caller);
        var staffs = await history.GetHistory(customer, all, _admin);

        Kinds(staffs).ShouldContain("risk_scored");
        Kinds(staffs).ShouldContain("underage_order_refused");
        Kinds(own).ShouldBe(
            Kinds(staffs).Except(["risk_scored", "underage_order_refused"]), ignoreOrder: true);
    }

    [Fact]
    public async Task Verify_IsKeptWithEvidenceAndComment_ForAdministrators()
    {
        var (customer, _) = await World.SignUp();
        var context = new CommandContext(Guid.CreateVersion7(), _admin);

        var reply = await World.Customer(customer)
            .Verify(new(true, " Passport ", "Seen."), context);

        reply.Code.ShouldBe(ReplyCode.Ok);
        OrderWorld.Json(reply.Body).GetRawText().ShouldBe("""{"is_verified":true}""");
        var all = new HistoryQuery(null, null, null, new PageRequest(1, null));
        var history = World.Silo.Grains.GetGrain<IHistoryGrain>(0);
        Item(await history.GetHistory(customer, all, _admin)).GetProperty("reason").GetString()
            .ShouldBe("Passport\nSeen.");
        Item(await history.GetOwnHistory(all, World.Own(customer).Caller))
            .GetProperty("reason").ValueKind.ShouldBe(JsonValueKind.Null);
        (await World.Customer(Guid.CreateVersion7()).Verify(new(true, "x", null), context)).Code
            .ShouldBe(ReplyCode.CustomerNotFound);
    }

    private async Task Replace(string policy, string document) =>
        (await World.Silo.Grains.GetGrain<IPolicyGrain>(policy).Replace(new(1, document), _admin))
            .Code.ShouldBe(ReplyCode.Ok);

    private Task<Reply> Edit(Guid customer, Patch<string> gender) => World.Customer(customer)
        .EditProfile(new ProfileEdit { Gender = gender }, World.Own(customer));

    private async Task<JsonElement> Risk(Guid customer) => OrderWorld.Json(
        (await World.Customer(customer).GetForStaff(null, _admin)).Body).GetProperty("risk");

    private Task<long> Rows(string kind) => World.Silo.Database.Query<long>(
        $"SELECT count(*) FROM customer_event WHERE events LIKE '%\"{kind}\"%'");

    private static string[] Kinds(Reply reply) =>
    [
        .. OrderWorld.Json(reply.Body).GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("kind").GetString()!),
    ];

    private static JsonElement Item(Reply reply) =>
        OrderWorld.Json(reply.Body).GetProperty("items")[0];
}
