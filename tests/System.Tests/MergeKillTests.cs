using System.Collections.Concurrent;
using System.Globalization;
using CustomerGrains.Launcher;
using CustomerGrains.Launcher.Postgres;
using CustomerGrains.Storage.Schema;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>Silos are killed at any step of merges and of their undo: nothing is lost, nothing
/// comes twice.</summary>
public sealed class MergeKillTests(ITestOutputHelper output)
{
    /// <summary>Merges that run when a silo is killed; they stand at different steps.</summary>
    private const int PairsPerKill = 6;

    /// <summary>About as long as they take together.</summary>
    private const int KillWithinMs = 250;

    private static readonly int Kills =
        Environment.GetEnvironmentVariable("CUSTOMERGRAINS_DEEP") == "1" ? 100 : 20;

    /// <summary>Where the sides of unfinished merges stand.</summary>
    private const string Standing =
        "SELECT coalesce(string_agg(stage || ' ' || n, ', ' ORDER BY stage), 'none') FROM "
        + "(SELECT stage, count(*) AS n FROM customer_merges m WHERE stage <> 'merged' "
        + "AND NOT EXISTS (SELECT FROM customer_merges o WHERE o.merge_id = m.merge_id "
        + "AND o.stage = 'merged') GROUP BY stage) s";

    [Fact]
    public async Task Merges_ThroughKillsOfSilos_HappenOnce()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var service = await RunningService.Start(silos: 2);
        await using var database = await Open(service);
        var met = new ConcurrentDictionary<string, int>();
        var pairs = new List<MergePair>();
        var alreadyDown = 0;
        using var people = new MergePeople(service.BaseAddress);
        await people.Begin();
        for (var kill = 0; kill < Kills; kill++)
        {
            var round = await Task.WhenAll(
                Enumerable.Range(0, PairsPerKill).Select(_ => people.NewPair()));
            var isUndo = kill % 4 == 3;
            if (isUndo)
            {
                await Task.WhenAll(round.Select(people.Merge));
                await Task.WhenAll(round.Select(p => people.Ends(p, "merged")));
            }

            var running = Task.WhenAll(round.Select(p => isUndo ? people.Undo(p) : people.Merge(p)));
            await Task.Delay(random.Next(KillWithinMs), TestContext.Current.CancellationToken);
            if (!service.KillSilo(random.Next(2))) alreadyDown++;
            var standing = await Scalar(database, Standing);
            met.AddOrUpdate(isUndo ? $"undo: {standing}" : standing, 1, (_, n) => n + 1);
            await running;
            await Task.WhenAll(round.Select(p => people.Ends(p, isUndo ? "undone" : "merged")));
            foreach (var pair in round) await people.Check(pair, isUndo);
            pairs.AddRange(round);
            await BothSilosRun(service);
        }

        foreach (var pair in pairs) await people.Check(pair, pair.IsUndone);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"kills {Kills}, merges {pairs.Count}, undone {pairs.Count(p => p.IsUndone)}, "
            + $"requests repeated {people.Repeated}, silos already down {alreadyDown}"));
        foreach (var (where, times) in met.OrderByDescending(m => m.Value))
            output.WriteLine($"  {times} x {where}");
        (await Scalar(database, Standing)).ShouldBe("none");
        (await Scalar(database,
            "SELECT count(*)::text FROM customer_event WHERE events LIKE '%\"customer_absorbed\"%'"))
            .ShouldBe(pairs.Count.ToString(CultureInfo.InvariantCulture));
        (await Scalar(database, "SELECT count(*)::text FROM orders"))
            .ShouldBe((2 * pairs.Count).ToString(CultureInfo.InvariantCulture));
        met.Keys.Count(k => !k.EndsWith("none", StringComparison.Ordinal))
            .ShouldBeGreaterThan(0, "the kills must have met merges under way");
        people.Repeated.ShouldBeGreaterThan(0, "the kills must have been felt");
    }

    /// <summary>The launcher starts a killed silo again; killing both at once would only be a
    /// restart.</summary>
    private static Task BothSilosRun(RunningService service) => Eventually.Holds(
        "both silos run",
        () => service.State.Processes.Count(p =>
        {
            if (!p.Name.StartsWith("silo-", StringComparison.Ordinal)) return false;
            using var process = p.Find();
            return process is not null;
        }) == 2,
        TestContext.Current.CancellationToken);

    private static async Task<NpgsqlDataSource> Open(RunningService service)
    {
        var server = await LocalPostgres.Start(
            new DataDirectory(service.Data), new(), TextWriter.Null, CancellationToken.None);
        return NpgsqlDataSource.Create(server.ConnectionString(
            LocalPostgres.Superuser, DatabaseBootstrap.DatabaseName));
    }

    private static async Task<string> Scalar(NpgsqlDataSource database, string statement)
    {
        await using var command = database.CreateCommand(statement);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
