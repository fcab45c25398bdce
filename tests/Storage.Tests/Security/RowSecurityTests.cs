using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Security;

/// <summary>The catalogue: a new table without row-level security fails here.</summary>
[Trait("Section", "S5")]
public sealed class RowSecurityTests(PostgresFixture postgres)
{
    /// <summary>Without customers' data.</summary>
    private static readonly string[] Exempt = ["schema_migration", "context_keys", "policies"];

    /// <summary>Columns by which a table tells whose a row is.</summary>
    private const string OfSomebody =
        "(user_id|customer_id|owner_user_id|customer_user_id|destination_index|phone|email)";

    [Fact]
    public async Task EveryTable_ForcesRowSecurity_WithAPolicyForTheService()
    {
        await using var database = await postgres.CreateDatabase();
        var open = await List(database,
            $"""
            SELECT c.relname FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
              AND c.relname !~ '^orleans' AND c.relname NOT IN ('{string.Join("','", Exempt)}')
              AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
                  SELECT FROM pg_policy p
                  WHERE p.polrelid = c.oid AND p.polroles = ARRAY['service'::regrole::oid]
                    AND p.polcmd = '*' AND pg_get_expr(p.polqual, p.polrelid) = 'true'
                    AND pg_get_expr(p.polwithcheck, p.polrelid) = 'true'))
            """);
        open.ShouldBeEmpty();
        var forced = (await List(database,
            "SELECT relname FROM pg_class WHERE relforcerowsecurity")).Count;
        forced.ShouldBeGreaterThan(20);
        Scoreboard.Add("S5", ("tables", forced), ("open_tables", open.Count));
    }

    [Fact]
    public async Task ExemptTables_KnowNobody()
    {
        await using var database = await postgres.CreateDatabase();
        (await List(database,
            $"""
            SELECT table_name || '.' || column_name FROM information_schema.columns
            WHERE table_schema = 'public' AND column_name ~ '^{OfSomebody}$'
              AND (table_name ~ '^orleans' OR table_name IN ('{string.Join("','", Exempt)}'))
            """)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Roles_BypassNothingAndOwnNothing()
    {
        await using var database = await postgres.CreateDatabase();
        (await List(database,
            """
            SELECT rolname FROM pg_roles
            WHERE rolname IN ('service', 'branch_desk', 'utc', 'utb', 'uta', 'utd')
              AND (rolsuper OR rolbypassrls OR rolinherit OR rolcreaterole OR rolcreatedb
                   OR rolreplication OR (rolcanlogin <> (rolname IN ('service', 'branch_desk'))))
            """)).ShouldBeEmpty();
        (await List(database,
            """
            SELECT member::regrole || ' ' || roleid::regrole FROM pg_auth_members
            WHERE member IN ('service'::regrole, 'branch_desk'::regrole, 'utb'::regrole,
                'utc'::regrole, 'uta'::regrole, 'utd'::regrole)
            ORDER BY 1
            """)).ShouldBe(
                ["branch_desk utb", "service uta", "service utb", "service utc", "service utd"]);
        (await List(database,
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
            + "AND relowner <> 'customers_owner'::regrole AND relname !~ '^pg_stat'"))
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Views_RunAsWhoeverAsks_BehindABarrier()
    {
        await using var database = await postgres.CreateDatabase();
        (await List(database,
            """
            SELECT relname FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')
              AND relname !~ '^pg_stat' AND NOT coalesce(
                  reloptions @> '{security_invoker=true,security_barrier=true}', false)
            """)).ShouldBeEmpty();
    }

    [Fact]
    public async Task FunctionsOfTheOwner_FixTheirSearchPath_AndAreNotEverybodys()
    {
        await using var database = await postgres.CreateDatabase();
        (await List(database,
            """
            SELECT proname FROM pg_proc
            WHERE pronamespace = 'public'::regnamespace AND prosecdef
              AND (NOT coalesce(proconfig @> '{"search_path=pg_catalog, pg_temp"}', false)
                   OR has_function_privilege('public', oid, 'EXECUTE'))
            """)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Statements_OfTheService_SetNothingBeyondTheirTransaction()
    {
        var storage = typeof(Storage.Customers.CustomerStore).Assembly;
        foreach (var name in storage.GetManifestResourceNames()
            .Where(n => n.StartsWith("Sql/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(storage.GetManifestResourceStream(name)!);
            var text = await reader.ReadToEndAsync();
            text.Replace(" ", "", StringComparison.Ordinal)
                .ShouldNotContain(",false)", Case.Sensitive, name);
        }
    }

    [Fact]
    public async Task Owner_SeesNoRow_UntilItLiftsForceForItsOwnTransaction()
    {
        await using var world = await BranchWorld.Create(postgres);
        (await Count(world.Database.AsOwner, "SELECT count(*) FROM users")).ShouldBe(0);
        (await Count(world.Database.AsService, "SELECT count(*) FROM users")).ShouldBe(2);
        (await Count(world.Database.AsOwner,
            "ALTER TABLE users NO FORCE ROW LEVEL SECURITY; SELECT count(*) FROM users"))
            .ShouldBe(2);
    }

    [Theory]
    [InlineData("utc", "SELECT count(*) FROM users", 1)]
    [InlineData("utc", "SELECT count(*) FROM customer_profiles", 1)]
    [InlineData("utc", "SELECT count(*) FROM orders", 1)]
    [InlineData("utd", "SELECT count(id) FROM orders", 0)]
    [InlineData("uta", "SELECT count(*) FROM users", 2)]
    public async Task OtherRoles_SeeWhatIsTheirs_AndNothingWithoutAPass(
        string role, string question, long rows)
    {
        await using var world = await BranchWorld.Create(postgres);
        var user = world.ForeignCustomer;
        (await Ask(world, role, user, pass: "", question)).ShouldBe(0);
        var pass = await world.PassOf(new(user, Guid.Empty), role);
        (await Ask(world, role, user, pass, question)).ShouldBe(rows);
        (await Ask(world, role, Guid.NewGuid(), pass, question)).ShouldBe(0);
        (await Ask(world, "utb", user, pass, "SELECT count(id) FROM users")).ShouldBe(0);
    }

    private static async Task<long> Ask(
        BranchWorld world, string role, Guid user, string pass, string question)
    {
        await using var connection = await world.Database.AsService.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var enter = new NpgsqlCommand(
            BranchWorld.Enter(new(user, Guid.Empty), pass)
                .Replace("'utb'", $"'{role}'", StringComparison.Ordinal), connection))
            await enter.ExecuteNonQueryAsync();
        await using var ask = new NpgsqlCommand(question, connection);
        return (long)(await ask.ExecuteScalarAsync())!;
    }

    private static async Task<long> Count(NpgsqlDataSource source, string question)
    {
        await using var command = source.CreateCommand(question);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<List<string>> List(TestDatabase database, string question)
    {
        var rows = new List<string>();
        await using var command = database.AsSuperuser.CreateCommand(question);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }
}
