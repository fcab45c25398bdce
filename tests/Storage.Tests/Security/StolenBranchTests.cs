using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Security;

/// <summary>What somebody tries who has taken over a connection of the branch desk, with the pass
/// of one branch, to see another's customers.</summary>
[Trait("Section", "S5")]
public sealed class StolenBranchTests(PostgresFixture postgres)
{
    private const string View = "SELECT * FROM branch_order_customers";

    /// <summary>Statements, divided by two semicolons. {B}: the other branch. {U}: a member of its
    /// staff. Before them comes what a silo sends, unless they begin with "raw".</summary>
    private static readonly string[] Tries =
    [
        // Without or with invented contexts.
        "raw;;SELECT id FROM orders",
        $"raw;;{View}",
        $"raw;;SET ROLE utb;;{View}",
        $"raw;;BEGIN;;SET LOCAL ROLE utb;;SET LOCAL app.branch_id = '{{B}}';;{View}",
        $"raw;;SET ROLE utb;;SELECT set_config('app.branch_id', '{{B}}', false);;{View}",
        "raw;;SET ROLE utb;;SET app.branch_id = '{B}';;SET app.user_id = '{U}';;"
            + $"SELECT set_config('app.pass', '9999999999999.' || repeat('0', 64), false);;{View}",
        "raw;;SET ROLE utb;;SET app.branch_id = '{B}';;SET app.user_id = '{U}';;"
            + $"SET app.pass = '';;{View}",
        $"raw;;SET ROLE utb;;SET app.branch_id = '%';;SET app.pass = '%';;{View}",
        $"raw;;SET ROLE utb;;SET app.branch_id = '{{B}}'' OR true --';;{View}",
        // Another branch under the own pass.
        $"SET LOCAL app.branch_id = '{{B}}';;{View}",
        $"SELECT set_config('app.branch_id', '{{B}}', false);;COMMIT;;SET ROLE utb;;{View}",
        $"SET LOCAL app.branch_id = '{{B}}';;SET LOCAL app.user_id = '{{U}}';;{View}",
        "SELECT set_config('app.user_id', current_setting('app.user_id') || '|{B}', true);;"
            + $"SET LOCAL app.branch_id = '';;{View}",
        "SELECT set_config('app.pass', '9' || current_setting('app.pass'), true);;"
            + $"SET LOCAL app.branch_id = '{{B}}';;{View}",
        $"SAVEPOINT s;;SET LOCAL app.branch_id = '{{B}}';;ROLLBACK TO s;;{View}",
        $"{View} WHERE branch_id = '{{B}}'",
        $"{View} WHERE branch_id = '{{B}}' OR true",
        // Other roles.
        $"RESET ROLE;;{View};;SELECT name FROM users",
        "SET ROLE service;;SELECT name FROM users",
        "raw;;SET ROLE service;;SELECT name FROM users",
        "raw;;SET ROLE customers_owner;;SELECT name FROM users",
        "raw;;SET ROLE postgres;;SELECT name FROM users",
        "raw;;SET SESSION AUTHORIZATION service;;SELECT name FROM users",
        "SELECT set_config('role', 'uta', true);;SELECT name FROM users",
        "SELECT set_config('role', 'utc', true);;SELECT name FROM users",
        "SELECT set_config('session_authorization', 'service', true);;SELECT name FROM users",
        "raw;;GRANT service TO branch_desk;;SET ROLE service;;SELECT name FROM users",
        "raw;;ALTER ROLE branch_desk BYPASSRLS;;SELECT name FROM users",
        "raw;;CREATE ROLE thief SUPERUSER",
        // What makes passes.
        "raw;;SELECT 'foreign pass ' || issue_context('utb', '{U}', '{B}')",
        "SELECT 'foreign pass ' || issue_context('utb', '{U}', '{B}')",
        "SELECT 'foreign pass ' || "
            + "encode(context_mac('utb', '{U}', '{B}', '9999999999999'), 'hex')",
        "SELECT 'foreign pass ' || encode(inner_key, 'hex') FROM context_keys",
        "SELECT 'foreign pass ' || prosrc FROM pg_proc WHERE proname = 'x'",
        // Switching it off.
        "SET LOCAL row_security = off;;SELECT id, user_id FROM orders",
        $"SET LOCAL row_security = off;;{View}",
        "ALTER TABLE orders DISABLE ROW LEVEL SECURITY;;ROLLBACK;;SELECT id FROM orders",
        "ALTER TABLE users NO FORCE ROW LEVEL SECURITY",
        "CREATE POLICY mine ON users FOR SELECT TO utb USING (true)",
        "DROP POLICY branch_own ON users",
        "ALTER POLICY branch_own ON users USING (true)",
        $"ALTER VIEW branch_order_customers SET (security_invoker = false);;{View}",
        "CREATE OR REPLACE FUNCTION context_branch() RETURNS uuid LANGUAGE sql "
            + "AS 'SELECT NULL::uuid'",
        // Other ways to the rows.
        "SELECT id, user_id, branch_id FROM orders",
        "SELECT * FROM orders",
        "SELECT id, name, encode(phone, 'hex') FROM users",
        "SELECT phone_index FROM users",
        "SELECT id FROM orders TABLESAMPLE SYSTEM (100)",
        "SELECT o.id, u.name FROM orders o FULL JOIN users u ON true",
        "SELECT string_agg(name, ',') FROM users",
        "SELECT query_to_xml('SELECT * FROM branch_order_customers', true, true, '')",
        "SELECT table_to_xml('users', true, true, '')",
        "SELECT database_to_xml(true, true, '')",
        "COPY (SELECT * FROM branch_order_customers) TO STDOUT",
        "COPY users (id, name) TO STDOUT",
        "COPY orders TO '/tmp/orders'",
        "COPY (SELECT 1) TO PROGRAM 'id'",
        "SELECT name FROM users FOR UPDATE",
        "UPDATE users SET name = name RETURNING name",
        "DELETE FROM orders RETURNING id",
        "INSERT INTO orders (id) SELECT order_id FROM branch_order_customers "
            + "ON CONFLICT (id) DO UPDATE SET status = 'x' RETURNING id",
        "MERGE INTO users u USING orders o ON o.user_id = u.id WHEN MATCHED THEN DELETE",
        "SELECT user_id FROM customer_profiles",
        "SELECT city FROM addresses",
        "SELECT customer_id, events FROM customer_event",
        "SELECT user_id FROM customer_data_keys",
        "SELECT customer_user_id FROM customer_data_access_logs",
        "SELECT user_id, reason_code FROM customer_bars",
        "SELECT user_id FROM refresh_tokens",
        "SELECT user_id FROM contact_changes",
        // Operators that speak before the policy has.
        "SELECT 1 FROM branch_order_customers WHERE "
            + "CASE WHEN name LIKE 'Bertha%' THEN name::int ELSE 1 END = 1",
        "SELECT 1 FROM users WHERE CASE WHEN name LIKE 'Bertha%' THEN name::int ELSE 1 END = 1",
        "SELECT 1 FROM orders WHERE "
            + "CASE WHEN branch_id = '{B}' THEN id::text::int ELSE 1 END = 1",
        "SELECT 1 FROM branch_order_customers WHERE "
            + "CASE WHEN branch_id = '{B}' THEN order_id::text::date ELSE 'today' END = 'today'",
        "CREATE FUNCTION pg_temp.say(t text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS "
            + "$f$ BEGIN RAISE NOTICE '%', t; RETURN true; END $f$;;"
            + "SELECT 1 FROM users WHERE pg_temp.say(name)",
        "CREATE FUNCTION public.say(t text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "DO $f$ DECLARE r record; BEGIN FOR r IN SELECT * FROM branch_order_customers LOOP "
            + "RAISE NOTICE '%', r; END LOOP; END $f$",
        "EXPLAIN (ANALYZE, VERBOSE, BUFFERS) SELECT * FROM branch_order_customers",
        "EXPLAIN (ANALYZE, VERBOSE) SELECT id FROM users WHERE name LIKE 'Bertha%'",
        // What outlives its context.
        $"PREPARE p AS {View};;EXECUTE p;;SET LOCAL app.branch_id = '{{B}}';;EXECUTE p",
        $"PREPARE p AS {View};;COMMIT;;EXECUTE p;;SET ROLE utb;;EXECUTE p",
        $"DECLARE c CURSOR WITH HOLD FOR {View};;SET LOCAL app.branch_id = '{{B}}';;"
            + "FETCH ALL FROM c",
        $"DECLARE c CURSOR WITH HOLD FOR {View};;COMMIT;;RESET ROLE;;FETCH ALL FROM c",
        "CREATE TEMP TABLE t AS SELECT * FROM branch_order_customers",
        $"CREATE VIEW public.mine AS {View}",
        "CREATE MATERIALIZED VIEW public.mine AS SELECT name FROM users",
        // What the server tells on the side.
        "SELECT * FROM pg_stats WHERE schemaname = 'public'",
        "SELECT starelid, stavalues1::text FROM pg_statistic",
        "SELECT usename, query FROM pg_stat_activity",
        "SELECT query FROM pg_stat_statements",
        "SELECT pg_read_file('pg_hba.conf')",
        "SELECT lo_import('/etc/passwd')",
        "SELECT loid FROM pg_largeobject",
        "LISTEN anything",
        "CREATE EXTENSION dblink",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'service'",
        "SELECT rolpassword FROM pg_authid",
        "SELECT * FROM pg_file_settings",
    ];

    [Fact]
    public async Task NoTry_HearsOfAnotherBranch()
    {
        Tries.Length.ShouldBeGreaterThanOrEqualTo(40);
        await using var world = await BranchWorld.Create(postgres);
        await world.Database.Execute("ANALYZE");
        string[] foreign =
        [
            BranchWorld.ForeignName,
            world.ForeignOrder.ToString(),
            world.ForeignCustomer.ToString(),
            "foreign pass",
        ];
        var leaks = new List<string>();
        foreach (var attempt in Tries)
        {
            var heard = await Try(world, attempt);
            if (foreign.Any(f => heard.Contains(f, StringComparison.OrdinalIgnoreCase)))
                leaks.Add($"{attempt}\n{heard}");
        }

        leaks.ShouldBeEmpty();
        Scoreboard.Add("S5", ("tries", Tries.Length), ("leaks", leaks.Count));
        // The rows are still there, and whoever may see them would be heard.
        var all = await Say(world.Database.Superuser, [View]);
        foreach (var trace in foreign[..3]) all.ShouldContain(trace);
        (await Try(world, View)).ShouldContain(BranchWorld.OwnName);
    }

    [Fact]
    public async Task APass_ThatRanOut_ShowsNothing_EvenIfItIsGenuine()
    {
        await using var world = await BranchWorld.Create(postgres);
        foreach (var (expires, isGood) in ((string, bool)[])
            [("(extract(epoch FROM clock_timestamp()) * 1000)::bigint - 1", false),
             ("(extract(epoch FROM clock_timestamp()) * 1000)::bigint + 5000", true)])
        {
            var pass = await world.Database.Query<string>(
                $"SELECT e || '.' || encode(context_mac('utb', '{world.Own.UserId}', "
                + $"'{world.Own.BranchId}', e), 'hex') FROM (SELECT ({expires})::text AS e) t");
            var heard = await Say(
                world.Database.Branch, ["BEGIN", BranchWorld.Enter(world.Own, pass), View]);
            heard.Contains(BranchWorld.OwnName, StringComparison.Ordinal).ShouldBe(isGood);
        }
    }

    [Fact]
    public async Task APass_OfAnotherRoleOrPerson_ShowsNothing()
    {
        await using var world = await BranchWorld.Create(postgres);
        var ofAnotherRole = await world.PassOf(world.Own, "uta");
        var ofAnotherPerson = await world.PassOf(world.Own with { UserId = Guid.NewGuid() });
        var ofAnotherBranch = await world.PassOf(world.Foreign);
        foreach (var pass in (string[])[ofAnotherRole, ofAnotherPerson, ofAnotherBranch])
        {
            (await Say(world.Database.Branch,
                ["BEGIN", BranchWorld.Enter(world.Own, pass), View]))
                .ShouldNotContain(BranchWorld.OwnName);
        }
    }

    private static async Task<string> Try(BranchWorld world, string attempt)
    {
        var statements = attempt
            .Replace("{B}", world.Foreign.BranchId.ToString(), StringComparison.Ordinal)
            .Replace("{U}", world.Foreign.UserId.ToString(), StringComparison.Ordinal)
            .Split(";;");
        if (statements[0] == "raw") return await Say(world.Database.Branch, statements[1..]);
        var enter = BranchWorld.Enter(world.Own, await world.PassOf(world.Own));
        return await Say(world.Database.Branch, ["BEGIN", enter, .. statements]);
    }

    private static async Task<string> Say(string connectionString, IEnumerable<string> statements)
    {
        await using var stolen = await StolenConnection.Open(connectionString);
        await stolen.Say(statements);
        return stolen.Heard;
    }
}
