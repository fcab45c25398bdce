using CustomerGrains.Storage.Branches;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Security;

/// <summary>What one reader leaves on a pooled connection for the next: nothing.</summary>
[Trait("Section", "S5")]
public sealed class BranchPoolTests(PostgresFixture postgres)
{
    private const int AtOnce = 16;

    private static readonly int Leases = Counts.Of("leases", 10_000, deep: 1_000_000);

    [Fact]
    public async Task Reads_OfTwoBranches_InterleavedOnFewConnections_NeverMix()
    {
        await using var world = await BranchWorld.Create(postgres);
        var random = new Random(7);
        var kinds = Enumerable.Range(0, Leases).Select(_ => random.Next(0, 100)).ToArray();
        var (shown, next) = (0, -1);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < Leases;)
            {
                if (kinds[i] == 0) await BreakOff(world, world.Foreign, kill: i % 2 == 0);
                else if (kinds[i] < 5) await IsEmptyHanded(world);
                else Interlocked.Add(ref shown, await Look(world, isForeign: i % 2 == 0));
            }
        }));
        shown.ShouldBeGreaterThan(Leases / 2);
        Scoreboard.Add("S5", ("leases", Leases), ("mixed", 0));
    }

    [Fact]
    public async Task Find_AnotherBranchesOrder_IsAsAbsent()
    {
        await using var world = await BranchWorld.Create(postgres);
        (await world.Store.Find(world.Own, world.OwnOrder)).ShouldNotBeNull();
        (await world.Store.Find(world.Own, world.ForeignOrder)).ShouldBeNull();
        (await world.Store.Find(world.Own, Guid.NewGuid())).ShouldBeNull();
    }

    [Fact]
    public async Task List_GoesPageByPage_TheNewestFirst_WithEqualTimesToo()
    {
        await using var world = await BranchWorld.Create(postgres);
        for (var i = 0; i < 6; i++) await world.Order(world.Own.BranchId, $"C{i}", null);
        await world.Database.Execute(
            "UPDATE orders SET created_at = '2026-11-23T08:00:00.123456Z' "
            + "WHERE ctid IN (SELECT ctid FROM orders ORDER BY created_at LIMIT 5)");

        var all = await world.Store.List(world.Own, null, 100);
        all.Count.ShouldBe(7);
        all.ShouldBe(all.OrderByDescending(o => o.CreatedAt).ThenBy(o => o.Id.ToString()));
        var paged = new List<BranchOrder>();
        (DateTimeOffset, Guid)? after = null;
        while (await world.Store.List(world.Own, after, 2) is { Count: > 0 } page)
        {
            paged.AddRange(page);
            after = (page[^1].CreatedAt, page[^1].Id);
        }

        paged.Select(o => o.Id).ShouldBe(all.Select(o => o.Id));
    }

    [Fact]
    public async Task Read_OfACustomerWhoseKeyWasDestroyed_ShowsNoMoreThanTheLiveName()
    {
        await using var world = await BranchWorld.Create(postgres);
        await world.Database.Execute("DELETE FROM customer_data_keys");
        var order = (await world.Store.Find(world.Own, world.OwnOrder)).ShouldNotBeNull();
        (order.Phone, order.Snapshot.Phone, order.Snapshot.Name).ShouldBe((null, null, null));
    }

    /// <summary>Behind the policies, too, a branch's list costs what it shows, not what there
    /// is.</summary>
    [Fact]
    public async Task List_AmongManyBranchesOrders_ScansNoTable()
    {
        await using var world = await BranchWorld.Create(postgres);
        await world.Database.Execute(
            $"""
            INSERT INTO users (id, version, account_status, created_at, updated_at)
            SELECT gen_random_uuid(), 1, 'active', now(), now() FROM generate_series(1, 5000);
            INSERT INTO orders (id, user_id, branch_id, total, customer_snapshot, fingerprint,
                                placed_sequence, placed_at, created_at, updated_at)
            SELECT gen_random_uuid(), u.id,
                   CASE n % 20 WHEN 0 THEN '{world.Own.BranchId}'::uuid
                               ELSE gen_random_uuid() END,
                   1, jsonb_build_object(), decode(repeat('00', 32), 'hex'), 1, now(),
                   now() - n * interval '1 second', now()
            FROM (SELECT id, row_number() OVER () AS n FROM users) u;
            ANALYZE;
            """);
        await using var connection = await world.Connections.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var enter = new NpgsqlCommand(
            BranchWorld.Enter(world.Own, await world.PassOf(world.Own)), connection))
            await enter.ExecuteNonQueryAsync();
        foreach (var (name, arguments) in ((string, string)[])
            [("list_orders", "'infinity', '00000000-0000-0000-0000-000000000000', 51"),
             ("find_order", $"'{world.OwnOrder}'")])
        {
            var plan = await Plan(connection, name, arguments);
            plan.ShouldContain("Index");
            plan.ShouldNotContain("Seq Scan", Case.Sensitive, plan);
            plan.ShouldNotContain("Sort Method: external", Case.Sensitive, plan);
        }
    }

    private static async Task<string> Plan(
        NpgsqlConnection connection, string statement, string arguments)
    {
        var storage = typeof(BranchStore).Assembly;
        using var text = new StreamReader(
            storage.GetManifestResourceStream($"Sql/Branches/{statement}.sql")!);
        await using var command = new NpgsqlCommand(
            $"PREPARE {statement} AS {await text.ReadToEndAsync()}", connection);
        await command.ExecuteNonQueryAsync();
        command.CommandText = $"EXPLAIN (ANALYZE) EXECUTE {statement}({arguments})";
        await using var reader = await command.ExecuteReaderAsync();
        var plan = "";
        while (await reader.ReadAsync()) plan += reader.GetString(0) + "\n";
        return plan;
    }

    private static async Task<int> Look(BranchWorld world, bool isForeign)
    {
        var orders = await world.Store.List(
            isForeign ? world.Foreign : world.Own, null, 10);
        var order = orders.ShouldHaveSingleItem();
        order.Name.ShouldBe(isForeign ? BranchWorld.ForeignName : BranchWorld.OwnName);
        order.Id.ShouldBe(isForeign ? world.ForeignOrder : world.OwnOrder);
        return 1;
    }

    /// <summary>A connection that is given back in the middle of a transaction, or dies.</summary>
    private static async Task BreakOff(BranchWorld world, BranchReader reader, bool kill)
    {
        var pass = await world.PassOf(reader);
        try
        {
            await using var connection = await world.Connections.OpenConnectionAsync();
            await using var begin = new NpgsqlCommand(
                "BEGIN; " + BranchWorld.Enter(reader, pass), connection);
            await begin.ExecuteNonQueryAsync();
            if (kill)
            {
                await world.Database.Execute(
                    $"SELECT pg_terminate_backend({connection.ProcessID})");
            }
        }
        catch (NpgsqlException) when (kill)
        {
            // Heard when the dead connection was given back.
        }
    }

    private static async Task IsEmptyHanded(BranchWorld world)
    {
        await using var connection = await world.Connections.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            "SELECT current_user || current_setting('role') "
            + "|| coalesce(current_setting('app.branch_id', true), '') "
            + "|| coalesce(current_setting('app.pass', true), '')", connection);
        (await command.ExecuteScalarAsync()).ShouldBe("branch_desknone");
    }
}
