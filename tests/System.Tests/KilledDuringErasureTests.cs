using System.Net;
using CustomerGrains.Launcher;
using CustomerGrains.Launcher.Postgres;
using CustomerGrains.Storage.Schema;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>Erasures and exports that were promised are carried out, once and wholly, whatever is
/// killed in the middle.</summary>
[Trait("Section", "R1"), Trait("Section", "S11")]
public sealed class KilledDuringErasureTests(ITestOutputHelper output)
{
    private static readonly int People = Counts.Of("erasures", 24, deep: 1_000);

    [Fact]
    public async Task EveryAcknowledgedErasureAndExport_ThroughKillsOfSilosAndPostgres_IsDoneOnce()
    {
        await using var service = await RunningService.Start(silos: 2, settings: new Dictionary<string, string>
        {
            ["Customers__ErasureGrace"] = "00:00:03",
        });
        var people = new List<(Caller Caller, Guid Id)>();
        for (var i = 0; i < People; i++)
        {
            var caller = new Caller(service.BaseAddress);
            var id = await caller.BeGuest();
            await caller.Ask("POST", "/api/utc/addresses",
                """{"line1":"Quokkaline1","city":"Quokkacity","postal_code":"QK7711"}""");
            people.Add((caller, id));
        }

        // The first half is forgotten, the other exported; kills fall before, into and behind it.
        var forgotten = people.Take(People / 2).ToList();
        var exported = people.Skip(People / 2).ToList();
        var wishes = Task.WhenAll(
            forgotten.Select(p => p.Caller.Send("POST", "/api/utc/privacy/erasure", "{}")));
        var requests = Task.WhenAll(
            exported.Select(p => p.Caller.Ask("POST", "/api/utc/privacy/export", "{}")));
        var kills = 0;
        foreach (var kill in (Func<bool>[])
            [() => service.KillSilo(0), service.KillPostgres, () => service.KillSilo(1)])
        {
            await Eventually.Holds("there is one to kill", kill, CancellationToken.None);
            kills++;
            await Eventually.Holds("the service is ready", service.IsReady, CancellationToken.None);
        }

        // Whose first answer was lost may be forgotten before the second.
        (await wishes).ShouldAllBe(
            w => w.Status == HttpStatusCode.Accepted || w.Status == HttpStatusCode.Unauthorized);
        var answers = await requests;
        await Eventually.Holds("all are forgotten", async () =>
        {
            foreach (var (caller, _) in forgotten)
            {
                if ((await caller.Send("GET", "/api/utc/profile")).Status
                    != HttpStatusCode.Unauthorized)
                    return false;
            }

            return true;
        }, TestContext.Current.CancellationToken);
        foreach (var (person, started) in exported.Zip(answers))
        {
            var path = $"/api/utc/privacy/export/{started.GetProperty("export_id")}";
            await Eventually.Holds("the export is ready", async () =>
                (await person.Caller.Ask("GET", path)).GetProperty("state").GetString() == "ready",
                TestContext.Current.CancellationToken);
        }

        await JournalFollower.CheckAllArrived(service);
        await Check(service, forgotten.Select(p => p.Id), exported.Select(p => p.Id));
        output.WriteLine(Scoreboard.Add("S11",
            ("kills", kills), ("forgotten", forgotten.Count), ("exported", exported.Count)));
        foreach (var (caller, _) in people) caller.Dispose();
    }

    private static async Task Check(
        RunningService service, IEnumerable<Guid> forgotten, IEnumerable<Guid> kept)
    {
        var server = await LocalPostgres.Start(
            new DataDirectory(service.Data), new(), TextWriter.Null, CancellationToken.None);
        await using var database = NpgsqlDataSource.Create(server.ConnectionString(
            LocalPostgres.Superuser, DatabaseBootstrap.DatabaseName));
        await using var command = database.CreateCommand(
            """
            SELECT count(*) FILTER (WHERE e.events LIKE '%"erased"%'),
                   (SELECT count(*) FROM customer_data_keys k WHERE k.user_id = $1),
                   (SELECT count(*) FROM addresses a WHERE a.user_id = $1 AND a.city IS NOT NULL),
                   (SELECT count(*) FROM privacy_exports x WHERE x.user_id = $1)
            FROM customer_event e WHERE e.customer_id = $1
            """);
        command.Parameters.Add(new NpgsqlParameter());
        foreach (var (ids, expected) in ((IEnumerable<Guid>, long[])[])
            [(forgotten, [1, 0, 0, 0]), (kept, [0, 1, 1, 1])])
        {
            foreach (var id in ids)
            {
                command.Parameters[0] = new NpgsqlParameter { Value = id };
                await using var reader = await command.ExecuteReaderAsync();
                await reader.ReadAsync();
                Enumerable.Range(0, 4).Select(reader.GetInt64).ShouldBe(expected);
            }
        }
    }
}
