using System.Text.Json;
using CustomerGrains.Launcher;
using CustomerGrains.Launcher.Postgres;
using CustomerGrains.Storage.Schema;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;

namespace CustomerGrains.System.Tests;

/// <summary>Compares what follows from the journal with the journal itself.</summary>
internal static class JournalFollower
{
    private const string Rows = "SELECT count(*) FROM customer_event";
    private const string SealedRows = "SELECT coalesce(sum(row_count), 0)::bigint FROM audit_seals";

    private const string DeadLetters = "SELECT count(*) FROM stream_dead_letters";

    private const string Counters =
        "SELECT coalesce(string_agg(kind || ' ' || n, ', ' ORDER BY kind), '') FROM "
        + "(SELECT kind, sum(events) AS n FROM service_counters GROUP BY kind) c";

    private const string CountedFromJournal =
        "SELECT coalesce(string_agg(kind || ' ' || n, ', ' ORDER BY kind), '') FROM "
        + "(SELECT j ->> 'kind' AS kind, count(*) AS n FROM customer_event e, "
        + "json_array_elements(e.events::json) j WHERE NOT EXISTS (SELECT FROM stream_dead_letters "
        + "d WHERE d.xid = e.xid AND d.row_id = e.id) GROUP BY 1) c";

    // In the feed's order a customer's rows are 1, 2, 3 …
    private const string OutOfOrder =
        "SELECT count(*) FROM (SELECT sequence, row_number() OVER (PARTITION BY customer_id "
        + "ORDER BY xid, id) AS place FROM customer_event) e WHERE sequence <> place";

    private const string PartitionsThatDiffer =
        "SELECT count(*) FROM (SELECT partition, count(*) AS n FROM customer_event GROUP BY 1) e "
        + "FULL JOIN (SELECT partition, sum(row_count) AS n FROM audit_seals GROUP BY 1) s "
        + "USING (partition) WHERE e.n IS DISTINCT FROM s.n";

    /// <summary>With nobody writing: every row is sealed, every seal holds, and the counters are
    /// what the journal says, kind by kind.</summary>
    /// <param name="poisoned">Rows that nobody can count: as many dead letters there are.</param>
    public static async Task CheckAllArrived(RunningService service, int poisoned = 0)
    {
        await using var database = await Open(service);
        await Eventually.Holds(
            $"{poisoned} rows are dead letters",
            async () => await Scalar<long>(database, DeadLetters) == poisoned,
            CancellationToken.None);
        var rows = await Scalar<long>(database, Rows);
        var counted = await Scalar<string>(database, CountedFromJournal);

        await Eventually.Holds(
            "all rows are sealed",
            async () => await Scalar<long>(database, SealedRows) == rows,
            CancellationToken.None);
        await Eventually.Holds(
            "all events are counted",
            async () => await Scalar<string>(database, Counters) == counted,
            CancellationToken.None);

        var check = await Verify(service);
        check.GetProperty("first_broken").ValueKind.ShouldBe(JsonValueKind.Null);
        check.GetProperty("rows").GetInt64().ShouldBe(rows);
        (await Scalar<long>(database, "SELECT sum(gap_count)::bigint FROM audit_seals")).ShouldBe(0);
        (await Scalar<long>(database, DeadLetters)).ShouldBe(poisoned);
        (await Scalar<long>(database, OutOfOrder)).ShouldBe(0);
        (await Scalar<long>(database, PartitionsThatDiffer)).ShouldBe(0);
        (await Scalar<string>(database, Counters)).ShouldBe(counted, "nothing came twice");
    }

    /// <summary>The service's database, as the one who sees all.</summary>
    public static Task<NpgsqlDataSource> Open(RunningService service) =>
        Open(service, LocalPostgres.Superuser);

    public static async Task<NpgsqlDataSource> Open(RunningService service, string role) =>
        NpgsqlDataSource.Create(await ConnectionString(service, role));

    public static async Task<string> ConnectionString(RunningService service, string role)
    {
        var server = await LocalPostgres.Start(
            new DataDirectory(service.Data), new(), TextWriter.Null, CancellationToken.None);
        return server.ConnectionString(role, DatabaseBootstrap.DatabaseName);
    }

    /// <summary>What the endpoint says about the seals.</summary>
    public static async Task<JsonElement> Verify(RunningService service)
    {
        using var admin = await Caller.Of(service.BaseAddress, "uta", Guid.NewGuid());
        return await admin.Ask("POST", "/api/admin/audit/verify", "{}");
    }

    public static async Task<T> Scalar<T>(NpgsqlDataSource database, string statement)
    {
        await using var command = database.CreateCommand(statement);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
