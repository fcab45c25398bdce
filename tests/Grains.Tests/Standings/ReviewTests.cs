using System.Diagnostics;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Customers;
using CustomerGrains.Grains.Tests.Customers;
using CustomerGrains.Grains.Tests.Orders;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Reviews;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Standings;

public sealed class ReviewTests(PostgresFixture postgres) : OrderWorldTests(postgres)
{
    private readonly Caller _admin = new(Guid.CreateVersion7(), CallerRole.Admin, 0);

    private Reviews Reviews => World.Silo.Service<Reviews>();

    [Fact]
    public async Task Pass_MovesThoseWhoLapsed_AndWritesNobodyElse()
    {
        var (buyer, address) = await World.SignUp();
        await World.Deliver(buyer, await World.Place(buyer, address));
        var (browser, _) = await World.SignUp();
        (await Segment(buyer)).ShouldBe("new");
        (await Run()).ShouldBe(0);
        var rows = await Rows();

        World.Silo.Time.Advance(TimeSpan.FromDays(31));
        (await Run()).ShouldBe(1);

        (await Rows()).ShouldBe(rows + 1);
        (await Segment(buyer)).ShouldBe("needs-attention");
        (await Segment(browser)).ShouldBe("general");
        (await World.Silo.Database.Query<string>(
            "SELECT events FROM customer_event ORDER BY id DESC LIMIT 1")).ShouldBe(
            """[{"kind":"segment_changed","old":"new","new":"needs-attention","rule_version":1}]""");
        World.Silo.Time.Advance(Reviews.Pause);
        (await Run()).ShouldBe(0);
        (await Rows()).ShouldBe(rows + 1);
        // An activation that was made for the review alone is none any more; the state is whole.
        await World.Deliver(buyer, await World.Place(buyer, address));
        (await Segment(buyer)).ShouldBe("promising");
    }

    [Fact]
    public async Task Pass_TwoAtOnceAndOverAndOver_RecordsEachChangeOnce()
    {
        var buyers = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            var (buyer, address) = await World.SignUp();
            await World.Deliver(buyer, await World.Place(buyer, address));
            buyers.Add(buyer);
        }

        World.Silo.Time.Advance(TimeSpan.FromDays(31));
        for (var i = 0; i < 3; i++)
        {
            await World.Silo.Service<ReviewPass>().Restart(TimeSpan.Zero);
            await Task.WhenAll(Run(), Run());
        }

        (await World.Silo.Database.Query<long>(
            "SELECT count(*) FROM customer_event WHERE events LIKE '%needs-attention%'"))
            .ShouldBe(buyers.Count);
    }

    [Fact]
    public async Task Pass_ThatWasKilledInTheMiddle_IsTakenUpWhereItWas()
    {
        var (first, address) = await World.SignUp();
        await World.Deliver(first, await World.Place(first, address));
        var (second, other) = await World.SignUp();
        await World.Deliver(second, await World.Place(second, other));
        World.Silo.Time.Advance(TimeSpan.FromDays(31));
        // A silo that died after the first customer.
        var pass = World.Silo.Service<ReviewPass>();
        var turn = (await pass.Claim()).ShouldNotBeNull();
        (await pass.Advance(turn with { ReviewedTo = first })).ShouldBeTrue();

        (await Run()).ShouldBe(0, "it may still live");
        World.Silo.Time.Advance(ReviewPass.Lease);
        (await Run()).ShouldBe(1);

        (await Segment(second)).ShouldBe("needs-attention");
        (await Segment(first)).ShouldBe("new");
        World.Silo.Time.Advance(Reviews.Pause);
        (await Run()).ShouldBe(1);
        (await Segment(first)).ShouldBe("needs-attention");
    }

    [Fact]
    public async Task Policy_OfTiers_OnceReplaced_IsFollowedByAPassOfItsOwn()
    {
        var (buyer, address) = await World.SignUp();
        await World.Deliver(buyer, await World.Place(buyer, address));
        (await Run()).ShouldBe(0);

        (await World.Silo.Grains.GetGrain<IPolicyGrain>("tiers").Replace(new(1,
            """{"regular":{"orders":1,"spend":"0.00"},"vip":{"orders":1,"spend":"499.00"},"premium":{"orders":9,"spend":"999.00"}}"""),
            _admin)).Code.ShouldBe(ReplyCode.Ok);
        (await Run()).ShouldBe(0, "other silos may not have heard of it");
        World.Silo.Time.Advance(TimeSpan.FromSeconds(4));

        (await Run()).ShouldBe(1);
        (await Member(buyer, "customer_tier")).ShouldBe("vip");
    }

    /// <summary>What a pass costs when nothing changes, and when everybody does. Explicit: a
    /// measurement.</summary>
    [Fact(Explicit = true)]
    public async Task Pass_OverManyCustomers_Costs()
    {
        var customers = Counts.Of("reviewed", 50_000, deep: 250_000);
        const int lapsing = 20_000;
        await World.Silo.Database.Execute(
            $"""
            INSERT INTO users (id, version, account_status, created_at, updated_at)
            SELECT ('01990000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 1, 'active',
                   now(), now()
            FROM generate_series(1, {customers}) i;
            INSERT INTO customer_profiles (user_id, created_at, updated_at, total_orders_count,
                total_spend, last_delivered_at, customer_segment)
            SELECT ('01990000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, now(), now(), 3,
                   30, '2026-11-20T00:00:00Z', 'promising'
            FROM generate_series(1, {customers}) i;
            UPDATE customer_profiles SET customer_tier = 'regular' WHERE total_orders_count = 3;
            ANALYZE;
            """);
        await Measure("nothing changes");
        await World.Silo.Database.Execute(
            "UPDATE customer_profiles SET total_orders_count = 0, customer_segment = 'general', "
            + "last_delivered_at = NULL, customer_tier = 'new'");
        await Measure("nobody ever ordered");
        await World.Silo.Database.Execute("DELETE FROM customer_profiles; DELETE FROM users");
        var store = World.Silo.Service<CustomerStore>();
        foreach (var some in Enumerable.Range(0, lapsing).Select(Birth).Chunk(1000))
            await Task.WhenAll(some.Select(store.Commit));
        await World.Silo.Database.Execute(
            "UPDATE customer_profiles SET total_orders_count = 3, total_spend = 30, "
            + "customer_tier = 'regular', customer_segment = 'promising', "
            + "last_delivered_at = '2026-01-01T00:00:00Z'; ANALYZE");
        await Measure("all of them changed", lapsing);
        await Measure("all of them changed before", 0);

        async Task Measure(string what, int expected = 0)
        {
            await World.Silo.Service<ReviewPass>().Restart(TimeSpan.Zero);
            var started = Stopwatch.GetTimestamp();
            var processor = Environment.CpuUsage.TotalTime;
            var changed = await Run();
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{customers} customers, {what}: {changed} changed, "
                + $"{Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms, processor of the silo "
                + $"{(Environment.CpuUsage.TotalTime - processor).TotalMilliseconds:0} ms");
            changed.ShouldBe(expected);
        }
    }

    private static CustomerCommit Birth(int number) =>
        Births.Of(new($"Asha {number}", null, null, null, []));

    private Task<int> Run() => Reviews.Run(TestContext.Current.CancellationToken);

    private Task<string?> Segment(Guid customer) => Member(customer, "customer_segment");

    private async Task<string?> Member(Guid customer, string name) => OrderWorld.Json(
        (await World.Customer(customer).GetForStaff(null, _admin)).Body)
        .GetProperty(name).GetString();

    private Task<long> Rows() =>
        World.Silo.Database.Query<long>("SELECT count(*) FROM customer_event");
}
