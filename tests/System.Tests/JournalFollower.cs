using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerGrains.Launcher;
using CustomerGrains.Launcher.Postgres;
using CustomerGrains.Storage.Schema;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;

namespace CustomerGrains.System.Tests;

/// <summary>Compares what follows from the journal with the journal itself.</summary>
internal static class JournalFollower
{
    private const string Rows = "SELECT count(*) FROM customer_event";
    private const string SealedRows = "SELECT coalesce(sum(row_count), 0)::bigint FROM audit_seals";

    private const string Counters =
        "SELECT coalesce(string_agg(kind || ' ' || n, ', ' ORDER BY kind), '') FROM "
        + "(SELECT kind, sum(events) AS n FROM service_counters GROUP BY kind) c";

    private const string CountedFromJournal =
        "SELECT coalesce(string_agg(kind || ' ' || n, ', ' ORDER BY kind), '') FROM "
        + "(SELECT j ->> 'kind' AS kind, count(*) AS n FROM customer_event e, "
        + "json_array_elements(e.events::json) j GROUP BY 1) c";

    /// <summary>With nobody writing: every row is sealed, every seal holds, and the counters are
    /// what the journal says, kind by kind.</summary>
    public static async Task CheckAllArrived(RunningService service)
    {
        var server = await LocalPostgres.Start(
            new DataDirectory(service.Data), new(), TextWriter.Null, CancellationToken.None);
        await using var database = NpgsqlDataSource.Create(server.ConnectionString(
            LocalPostgres.Superuser, DatabaseBootstrap.DatabaseName));
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
        (await Scalar<long>(database, "SELECT count(*) FROM stream_dead_letters")).ShouldBe(0);
        (await Scalar<string>(database, Counters)).ShouldBe(counted, "nothing came twice");
    }

    /// <summary>What the endpoint says about the seals.</summary>
    public static async Task<JsonElement> Verify(RunningService service)
    {
        using var issued = await service.Client.PostAsJsonAsync(
            "/dev/token", new { role = "uta", sub = Guid.NewGuid() });
        var token = (await issued.Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("access_token").GetString();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/admin/audit/verify");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await service.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<T> Scalar<T>(NpgsqlDataSource database, string statement)
    {
        await using var command = database.CreateCommand(statement);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
