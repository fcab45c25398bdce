using System.Diagnostics;
using System.Reflection;
using CustomerGrains.Launcher;
using CustomerGrains.Storage.Faults;
using CustomerGrains.System.Tests.Histories;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Load.Histories;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>Every fault point that there is fails, hangs and ends a process, while everything that
/// comes to them goes on; then every rule and every promise must hold.</summary>
[Trait("Section", "R4")]
public sealed class EveryFaultPointTests(ITestOutputHelper output)
{
    private const int Clients = 4;
    private const int Silos = 2;

    /// <summary>Points that wait for a silo to end there; two of them may leave none.</summary>
    private const int EndsAtOnce = 2;

    private static readonly int Rounds = Counts.Of("fault-rounds", 1, deep: 6);

    /// <summary>Points at which a silo ends, in each round; each costs a start.</summary>
    private static readonly int Ends =
        Counts.Of("fault-ends", 4, deep: FaultPoints.OfSilos.Length);

    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryPointOfSilos_FailsOrHangsOrEndsASilo_NoPromiseIsBroken()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var service = await RunningService.Start(
            Silos, mayFail: true, settings: new Dictionary<string, string>
            {
                ["Customers__ErasureGrace"] = "00:00:01",
                ["Customers__MergeResume"] = "00:00:05",
                ["Launcher__RestartPauseMax"] = "00:00:00.2",
            });
        await using var database = await JournalFollower.Open(service);
        using var history = HistoryWriter.Of(service);
        await using var staff = await StaffReaders.Start(service.BaseAddress, history, customers: 1);
        await using var load = await EditLoad.Start(service.BaseAddress, history, Clients);
        await using var errands = await Errands.Start(service.BaseAddress);
        await load.EveryClientGets(1);

        var (fired, hung, ended) = (new HashSet<string>(), 0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            await Task.WhenAll(
                Come("fails", service.FailOnce, FaultPoints.OfSilos),
                round == 0 ? RotateKeys(service, database) : Task.CompletedTask);
            if (Counts.IsDeep)
            {
                await Come("hangs", service.Hang, FaultPoints.OfSilos);
                hung += FaultPoints.OfSilos.Length;
            }

            var points = FaultPoints.OfSilos.ToArray();
            random.Shuffle(points);
            foreach (var some in points.Take(Ends).Chunk(EndsAtOnce))
            {
                await Come("ends a silo", service.Abort, some);
                await AllSilosServe(service);
                ended += some.Length;
            }
        }

        await Task.WhenAll(load.EveryClientGets(5), errands.End());
        await load.Stop();
        await staff.Stop();
        await errands.Check(database);
        output.WriteLine(errands.Figures);
        output.WriteLine(await HistoryVerdict.Of(service, history, "R4"));
        output.WriteLine(Scoreboard.Add(
            "R4", ("fired", fired.Count), ("defined", FaultPoints.All.Length),
            ("failed", Rounds * FaultPoints.OfSilos.Length), ("hung", hung), ("ended", ended)));

        async Task Come(string what, Action<string> arm, IReadOnlyCollection<string> points)
        {
            foreach (var point in points)
            {
                history.Strike($"{point} {what}");
                arm(point);
            }

            var waiting = points.ToList();
            while (waiting.Count > 0)
            {
                await Eventually.Holds(
                    $"a silo comes to one of {string.Join(", ", waiting)}",
                    () => waiting.RemoveAll(service.HasPassed) > 0, _stop);
                await errands.Failed;
            }

            fired.UnionWith(points);
            await load.EveryClientGets(1);
        }
    }

    [Fact]
    public async Task Migration_ThatFailsAndEndsInAStep_GoesOnWhereItWas()
    {
        var data = await TestDirectory.Create();
        var faults = Directory.CreateDirectory(Path.Combine(data, "faults")).FullName;
        try
        {
            foreach (var wish in (string[])[FaultPoints.Once, FaultPoints.Abort])
            {
                var point = Path.Combine(faults, FaultPoints.MigrationStep);
                await File.WriteAllTextAsync(point, wish, _stop);
                (await Migrate()).Code.ShouldNotBe(0);
                File.Exists(point).ShouldBeFalse("it came to the point");
            }

            (await Migrate()).Said.ShouldContain("up to date");
            (await Migrate()).Said.Split('\n').Length.ShouldBe(1, "nothing is left to do");
            ScoreOperators(FaultPoints.MigrationStep);
        }
        finally
        {
            await TestDirectory.Remove(data);
        }

        Task<(int Code, string Said)> Migrate() => Launch(data, "migrate", faults);
    }

    [Fact]
    public void EveryPoint_IsOneOfThoseThatTestsGoThrough()
    {
        string[] wishes = [FaultPoints.Once, FaultPoints.Hang, FaultPoints.Abort];
        typeof(FaultPoints).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!).Except(wishes)
            .ShouldBe(FaultPoints.All, ignoreOrder: true);
        // The operators' two are gone through above.
        FaultPoints.OfOperators.ShouldBe([FaultPoints.KeysWrapped, FaultPoints.MigrationStep]);
    }

    /// <summary>An operator's command that fails, that ends in the middle, and that does it.
    /// </summary>
    private async Task RotateKeys(RunningService service, NpgsqlDataSource database)
    {
        foreach (var arm in (Action<string>[])[service.FailOnce, service.Abort])
        {
            arm(FaultPoints.KeysWrapped);
            (await Rotate()).Code.ShouldNotBe(0);
            service.HasPassed(FaultPoints.KeysWrapped).ShouldBeTrue();
        }

        var (code, said) = await Rotate();
        code.ShouldBe(0, said);
        (await JournalFollower.Scalar<int>(database,
            "SELECT count(DISTINCT master_key_id)::int FROM customer_data_keys")).ShouldBe(1);
        ScoreOperators(FaultPoints.KeysWrapped);

        Task<(int Code, string Said)> Rotate() =>
            Launch(service.Data, "rotate-keys", Path.Combine(service.Data, "faults"));
    }

    /// <summary>Those that ended were started again, and are as good as the others.</summary>
    private Task AllSilosServe(RunningService service) => Eventually.Holds(
        "all silos serve",
        async () =>
        {
            foreach (var silo in service.State.Processes.Where(p =>
                p.Name.StartsWith("silo-", StringComparison.Ordinal)))
            {
                if (!await service.IsReady(new Uri($"http://127.0.0.1:{silo.OpsPort}")))
                    return false;
            }

            return true;
        },
        _stop);

    private void ScoreOperators(string point) => output.WriteLine(
        $"{point}: " + Scoreboard.Add("R4", ("fired", 1), ("failed", 1), ("ended", 1)));

    private static async Task<(int Code, string Said)> Launch(
        string data, string command, string faults)
    {
        var start = new ProcessStartInfo(
            Installation.Runtime, [Installation.Program("Launcher"), command, "--data", data])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["Faults__Folder"] = faults },
        };
        // Never another database than the service's own.
        start.Environment.Remove("ConnectionStrings__Customers");
        start.Environment.Remove("ConnectionStrings__CustomersOwner");
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, said[0].Trim());
    }
}
