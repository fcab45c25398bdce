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
[Trait("Section", "R1")]
public sealed class MergeKillTests(ITestOutputHelper output)
{
    /// <summary>Merges that run when a silo is killed; they stand at different steps.</summary>
    private const int PairsPerKill = 6;

    /// <summary>Longer than they take together: then the kill comes after all of them.</summary>
    private static readonly TimeSpan LookFor = TimeSpan.FromSeconds(3);

    /// <summary>What merges and their undo have stored of how far they are, but for the end. Kills
    /// are aimed at each in turn.</summary>
    private static readonly string[] Steps = ["Requested", "Frozen", "Absorbed", "Away"];

    private static readonly string[] StepsOfUndo = ["Undoing", "GivenBack"];

    private static readonly int Kills = Counts.Of("merge-kills", 16, deep: 100);

    /// <summary>How many merges are at each step that is not the last.</summary>
    private const string UnderWay =
        "SELECT coalesce(string_agg(step || ' ' || n, ', ' ORDER BY step), 'none') FROM "
        + "(SELECT convert_from(PayloadBinary, 'UTF8')::json ->> 'Stage' AS step, count(*) AS n "
        + "FROM OrleansStorage WHERE GrainTypeString LIKE '%merge%' GROUP BY 1) s "
        + "WHERE step NOT IN ('Merged', 'Undone', 'Blocked')";

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
        var met = new Dictionary<string, int>();
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
            var aim = isUndo ? StepsOfUndo[kill / 4 % 2] : Steps[kill % 4 + kill / 4 % 2];
            var standing = await Await(database, aim);
            if (!service.KillSilo(random.Next(2))) alreadyDown++;
            met[standing] = met.GetValueOrDefault(standing) + 1;
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
        foreach (var step in (string[])[.. Steps, .. StepsOfUndo])
        {
            met.Keys.ShouldContain(
                standing => standing.Contains(step, StringComparison.Ordinal),
                $"a kill must have met {step}");
        }

        people.Repeated.ShouldBeGreaterThan(0, "the kills must have been felt");
    }

    /// <summary>Looks until a merge is at a step; then the others are somewhere near.</summary>
    private static async Task<string> Await(NpgsqlDataSource database, string step)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var standing = await Scalar(database, UnderWay);
            if (standing.Contains(step, StringComparison.Ordinal)
                || TimeProvider.System.GetElapsedTime(began) > LookFor)
                return standing;
        }
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
