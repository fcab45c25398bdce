using CustomerGrains.Launcher;
using CustomerGrains.Launcher.Postgres;
using CustomerGrains.Storage.Schema;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>Every acknowledged edit is there exactly once, sealed and counted once, whatever is
/// killed.</summary>
public sealed class KillUnderLoadTests(ITestOutputHelper output)
{
    /// <summary>50 clients at 20 edits a second: 1,000 writes a second when all is well.</summary>
    private const int Clients = 50;

    /// <summary>Answers that every client gets between two kills.</summary>
    private const int EditsBetweenKills = 30;

    private static readonly int Rounds =
        Environment.GetEnvironmentVariable("CUSTOMERGRAINS_DEEP") == "1" ? 40 : 2;

    [Fact]
    public async Task EveryAcknowledgedEdit_ThroughKillsOfSiloApiAndPostgres_IsThereExactlyOnce()
    {
        await using var service = await RunningService.Start(silos: 2);
        var clients = Enumerable.Range(0, Clients)
            .Select(n => new LoadClient(service.BaseAddress, n)).ToArray();
        foreach (var client in clients) await client.SignUp();

        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(clients.Select(c => c.EditUntil(stop.Token)));
        var recoveries = new List<string>();
        await EveryClientGets(EditsBetweenKills, clients, load);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (what, kill) in ((string, Action)[])
                [("silo", () => service.KillSilo(round % 2)), ("api", service.KillApi),
                 ("postgres", service.KillPostgres)])
            {
                var killed = TimeProvider.System.GetTimestamp();
                kill();
                await EveryClientGets(1, clients, load);
                var recovery = TimeProvider.System.GetElapsedTime(killed).TotalSeconds;
                recoveries.Add($"{what} {recovery:0.0} s");
                await EveryClientGets(EditsBetweenKills, clients, load);
            }
        }

        await stop.CancelAsync();
        await load;
        await CheckStored(service, clients);
        await JournalFollower.CheckAllArrived(service);
        Report(clients, recoveries);
        foreach (var client in clients) client.Dispose();
    }

    private static async Task CheckStored(RunningService service, LoadClient[] clients)
    {
        var server = await LocalPostgres.Start(
            new DataDirectory(service.Data), new(), TextWriter.Null, CancellationToken.None);
        await using var database = NpgsqlDataSource.Create(server.ConnectionString(
            LocalPostgres.Superuser, DatabaseBootstrap.DatabaseName));
        foreach (var client in clients)
        {
            (await client.ReadProfile()).ShouldBe((1 + client.Acknowledged, client.LastName));
            await using var command = database.CreateCommand(
                "SELECT u.version, count(e.*), count(DISTINCT e.command_id), max(e.sequence), " +
                "(SELECT count(*) FROM idempotent_replies r WHERE r.customer_id = u.id) " +
                "FROM users u JOIN customer_event e ON e.customer_id = u.id " +
                "WHERE u.id = $1 GROUP BY u.id, u.version");
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = client.CustomerId });
            await using var reader = await command.ExecuteReaderAsync();
            (await reader.ReadAsync()).ShouldBeTrue();
            for (var column = 0; column < 4; column++)
                reader.GetInt64(column).ShouldBe(1 + client.Acknowledged);
            reader.GetInt64(4).ShouldBe(client.Acknowledged);
        }
    }

    /// <summary>Waits until each client got so many more answers.</summary>
    private static async Task EveryClientGets(int edits, LoadClient[] clients, Task load)
    {
        var goals = clients.Select(c => c.Acknowledged + edits).ToArray();
        await Eventually.Holds(
            $"every client gets {edits} more answers",
            () => load.IsFaulted || clients.Select(c => c.Acknowledged).Zip(goals).All(p => p.First >= p.Second),
            CancellationToken.None);
        if (load.IsFaulted) await load;
    }

    private void Report(LoadClient[] clients, List<string> recoveries)
    {
        output.WriteLine(
            $"kills {recoveries.Count}, acknowledged {clients.Sum(c => c.Acknowledged)}, "
            + $"replayed {clients.Sum(c => c.Replayed)}, retried {clients.Sum(c => c.Retried)}, "
            + $"longest wait {clients.Max(c => c.LongestWait).TotalSeconds:0.0} s, lost 0, doubled 0; "
            + $"all clients served again after: {string.Join(", ", recoveries)}");
        clients.Sum(c => c.Retried).ShouldBeGreaterThan(0, "the kills must have been felt");
    }
}
