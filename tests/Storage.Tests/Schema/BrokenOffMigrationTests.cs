using CustomerGrains.Storage.Schema;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Schema;

/// <summary>The server's process that migrates dies at some statement of all the steps; the next
/// start goes on, and nobody can tell afterwards.</summary>
[Trait("Section", "R12")]
public sealed class BrokenOffMigrationTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const string Untrap =
        "DROP EVENT TRIGGER trap; DROP FUNCTION public.trap(); DROP SEQUENCE public.trap_definitions";

    /// <summary>All that a schema consists of, as text.</summary>
    private const string Schema =
        """
        SELECT md5(string_agg(part, E'\n' ORDER BY part)) FROM (
            SELECT format('%s %s %s %s %s %s %s', c.relname, c.relkind, c.relrowsecurity,
                c.relforcerowsecurity, c.relacl, c.reloptions, c.relowner::regrole) AS part
            FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT format('%s.%s %s %s %s %s', a.attrelid::regclass, a.attname,
                format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attacl,
                pg_get_expr(d.adbin, d.adrelid))
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
            UNION ALL
            SELECT format('%s %s %s', n.conrelid::regclass, n.conname, pg_get_constraintdef(n.oid))
            FROM pg_constraint n WHERE n.connamespace = 'public'::regnamespace
            UNION ALL
            SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL
            SELECT p::text FROM pg_policies p
            UNION ALL
            SELECT format('%s %s', pg_get_functiondef(f.oid), f.proacl)
            FROM pg_proc f WHERE f.pronamespace = 'public'::regnamespace AND f.prokind = 'f'
            UNION ALL
            SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t WHERE NOT t.tgisinternal
            UNION ALL
            SELECT format('%s %s %s', number, name, encode(checksum, 'hex')) FROM schema_migration
        ) parts
        """;

    /// <summary>Of all the statements; as many as there are when deep.</summary>
    private static readonly int Places = Counts.Of("migration-kills", 6, deep: int.MaxValue);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrate_ServerProcessDiesAtAnyStatement_NextStartEndsAsIfNothingHappened()
    {
        await using var whole = await postgres.CreateEmptyDatabase();
        await whole.Execute(Trap(0));
        await Start(whole);
        var definitions = await whole.Query<long>("SELECT last_value FROM public.trap_definitions");
        await whole.Execute(Untrap);
        var expected = await whole.Query<string>(Schema);
        definitions.ShouldBeGreaterThan(100);

        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var places = Enumerable.Range(1, (int)definitions).ToArray();
        new Random(seed).Shuffle(places);
        var taken = places.Take(Places).ToArray();
        foreach (var place in taken) await DieAt(place, expected);
        output.WriteLine(Scoreboard.Add(
            "R12", ("definitions", definitions), ("migrations_broken_off", taken.Length)));
    }

    private async Task DieAt(int place, string expected)
    {
        await using var database = await postgres.CreateEmptyDatabase();
        await database.Execute(Trap(place));

        await Should.ThrowAsync<Exception>(() => Start(database), $"definition {place}");
        await Start(database);

        await database.Execute(Untrap);
        (await database.Query<string>(Schema)).ShouldBe(expected, $"definition {place}");
    }

    /// <summary>Ends the process that comes to a definition, counted from 1. A sequence does not
    /// roll back: whoever goes on afterwards is past it.</summary>
    private static string Trap(int place) =>
        $"""
        CREATE SEQUENCE public.trap_definitions;
        CREATE FUNCTION public.trap() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS
        $$
        BEGIN
            IF nextval('public.trap_definitions') = {place} THEN
                PERFORM pg_terminate_backend(pg_backend_pid());
            END IF;
        END
        $$;
        CREATE EVENT TRIGGER trap ON ddl_command_end EXECUTE FUNCTION public.trap();
        """;

    private static async Task Start(TestDatabase database)
    {
        await using var source = NpgsqlDataSource.Create(database.Owner + ";Pooling=false");
        await new SchemaMigrator(source).Migrate(Cancellation);
    }
}
