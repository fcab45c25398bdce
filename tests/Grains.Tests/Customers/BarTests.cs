using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Customers;
using CustomerGrains.Grains.Tests.Orders;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Customers;

/// <summary>Bars across time, restarts and silos' timers.</summary>
public sealed class BarTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Kinds =
        "SELECT string_agg(events::jsonb -> 0 ->> 'kind', ' ' ORDER BY sequence) "
        + "FROM customer_event WHERE actor_role IN (0, 3) AND sequence > 3";

    private readonly Caller _admin = new(Guid.CreateVersion7(), CallerRole.Admin, 0);
    private OrderWorld _world = null!;
    private CustomerDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await OrderWorld.Create(postgres);
        _database = new CustomerDatabase(_world.Silo.Database.Service);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Suspension_IsOverAtItsTime_AlsoAfterARestart(bool restarts)
    {
        var (customer, _) = await _world.SignUp();
        await Bar(customer, Suspension("2026-11-23T08:10:00Z"));
        if (restarts) await _world.Silo.Forget(customer);

        _world.Silo.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        var barred = await Profile(customer);
        (barred.Code, barred.PublicReason).ShouldBe((ReplyCode.AccountSuspended, "Be kind."));
        if (restarts) await _world.Silo.Forget(customer);

        _world.Silo.Time.Advance(TimeSpan.FromMilliseconds(1));
        var free = await Profile(customer);
        free.Code.ShouldBe(ReplyCode.Ok);
        OrderWorld.Json(free.Body).GetProperty("account_status").GetString().ShouldBe("active");
    }

    [Fact]
    public async Task Profile_OfSomebodySuspendedFromOrdering_ShowsTheEndByTheClock()
    {
        var (customer, _) = await _world.SignUp();
        await Bar(customer, Suspension("2026-11-23T08:10:00Z") with { Scope = "ordering" });
        OrderWorld.Json((await Profile(customer)).Body).GetProperty("account_status").GetString()
            .ShouldBe("suspended");
        _world.Silo.Time.Advance(TimeSpan.FromMinutes(10));
        OrderWorld.Json((await Profile(customer)).Body).GetProperty("account_status").GetString()
            .ShouldBe("active");
    }

    [Fact]
    public async Task End_IsRecordedOnce_HoweverManySilosLook_AndWhoeverRestarts()
    {
        var (customer, _) = await _world.SignUp();
        await Bar(customer, Suspension("2026-11-23T08:10:00Z"));
        (await Record()).ShouldBe(0);
        await _world.Silo.Forget(customer);
        _world.Silo.Time.Advance(TimeSpan.FromMinutes(11));

        await Task.WhenAll(Record(), Record(), Record());

        (await Record()).ShouldBe(0);
        (await _world.Silo.Database.Query<string>(Kinds)).ShouldBe("suspended suspension_ended");
        (await _world.Silo.Database.Query<string>(
            "SELECT account_status || ' ' || (SELECT count(*) FROM customer_bars) FROM users"))
            .ShouldBe("active 0");
    }

    [Fact]
    public async Task End_OfASuspensionThatWasReplaced_LeavesTheNewOne()
    {
        var (customer, _) = await _world.SignUp();
        await Bar(customer, Suspension("2026-11-23T08:10:00Z"));
        await Bar(customer, new BarDraft { ReasonCode = "abuse", PublicReason = "Be kind." });
        _world.Silo.Time.Advance(TimeSpan.FromMinutes(11));

        (await Record()).ShouldBe(0);
        (await Profile(customer)).Code.ShouldBe(ReplyCode.AccountBlocked);
        (await _world.Silo.Database.Query<string>(Kinds)).ShouldBe("suspended blocked");
    }

    [Fact]
    public async Task Repeated_UnderItsKey_IsTheFirstAnswer_AlsoWhenItsEndHasPassed()
    {
        var (customer, _) = await _world.SignUp();
        var draft = Suspension("2026-11-23T08:10:00Z");
        var key = OrderWorld.Key(1, 1);
        var first = await _world.Customer(customer).Bar(draft, Context(key));
        await _world.Silo.Forget(customer);
        _world.Silo.Time.Advance(TimeSpan.FromMinutes(11));
        await Record();

        var again = await _world.Customer(customer).Bar(draft, Context(key));
        again.Replayed.ShouldBeTrue();
        again.Body.ShouldBe(first.Body);
        (await _world.Customer(customer).Bar(draft, Context())).Code
            .ShouldBe(ReplyCode.InvalidMember);
        (await Profile(customer)).Code.ShouldBe(ReplyCode.Ok);
    }

    [Fact]
    public async Task Barred_TheAnswerIsDurable_AndHoldsAfterARestart()
    {
        var (customer, address) = await _world.SignUp();
        await Bar(customer, new BarDraft { ReasonCode = "abuse", PublicReason = "Be kind." });
        await _world.Silo.Forget(customer);

        (await Profile(customer)).Code.ShouldBe(ReplyCode.AccountBlocked);
        var order = await _world.Customer(customer)
            .PlaceOrder(OrderWorld.Draft(customer, address), _world.System());
        (order.Code, order.PublicReason).ShouldBe((ReplyCode.AccountBlocked, "Be kind."));
        var standing = await _world.Customer(customer).GetStanding();
        (standing.Code, standing.PublicReason).ShouldBe((ReplyCode.AccountBlocked, "Be kind."));

        (await _world.Customer(customer).Unbar(new BarLifting(null), Context())).Code
            .ShouldBe(ReplyCode.Ok);
        (await _world.Customer(customer).GetStanding()).Code.ShouldBe(ReplyCode.Ok);
        await _world.Place(customer, address);
    }

    [Fact]
    public async Task Nobody_IsNotFound()
    {
        var nobody = _world.Customer(Guid.CreateVersion7());
        (await nobody.Bar(Suspension("2026-11-23T08:10:00Z"), Context())).Code
            .ShouldBe(ReplyCode.CustomerNotFound);
        (await nobody.Unbar(new BarLifting(null), Context())).Code
            .ShouldBe(ReplyCode.CustomerNotFound);
        (await nobody.EndSuspension(Context())).Code.ShouldBe(ReplyCode.CustomerNotFound);
        (await nobody.GetStanding()).Code.ShouldBe(ReplyCode.CustomerUnknown);
    }

    private static BarDraft Suspension(string until) => new()
    {
        ReasonCode = "abuse",
        Comment = "Rude to a rider.",
        PublicReason = "Be kind.",
        Kind = "suspended",
        Until = until,
    };

    private async Task Bar(Guid customer, BarDraft draft) =>
        (await _world.Customer(customer).Bar(draft, Context())).Code.ShouldBe(ReplyCode.Ok);

    private async Task<Reply> Profile(Guid customer) =>
        await _world.Customer(customer).GetProfile(_world.Own(customer).Caller);

    /// <summary>What one silo's timer does.</summary>
    private Task<int> Record() =>
        _world.Silo.Service<DueCommands>().EndSuspensions(CancellationToken.None);

    private CommandContext Context(RequestKey? key = null) =>
        new(Guid.CreateVersion7(), _admin, Key: key);
}
