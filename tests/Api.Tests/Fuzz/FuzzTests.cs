using System.Collections.Concurrent;
using System.Globalization;
using CustomerGrains.Api.Tests.Http;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Fuzz;

/// <summary>Requests to every operation of the document, right, wrong in one way or wrong in any
/// way, by people of every role: each answer keeps every rule of <see cref="FuzzRules"/>.</summary>
[Trait("Section", "S8")]
public sealed class FuzzTests(ITestOutputHelper output)
{
    /// <summary>A failing run is repeated with its seed in this variable, as far as lanes that run
    /// side by side repeat.</summary>
    private const string SeedVariable = "CUSTOMERGRAINS_SEED";

    /// <summary>Requests under way at once; each has people of its own.</summary>
    private const int Lanes = 24;

    private const int RawLanes = 8;

    private static readonly int Requests = Counts.Of("fuzz", 100_000, deep: 2_000_000);
    private static readonly int RawConnections = Counts.Of("fuzz-raw", 2_000, deep: 40_000);

    [Fact]
    public async Task AnyRequest_IsAnsweredAsDocumented()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable),
            CultureInfo.InvariantCulture, out var chosen) ? chosen : Environment.TickCount;
        output.WriteLine($"seed {seed}");
        await using var service = await RunningService.Start();
        using var api = new ApiClient(service.BaseAddress);
        using var bulk = ApiClient.WithoutCanaries(service.BaseAddress);
        var operations = FuzzedOperation.AllOf((await api.Get("/openapi/v1.json")).Json);
        var lanes = Enumerable.Range(0, Lanes).Select(n => new FuzzLane(
            // What one lane says is looked for in the logs; all would be too much to look for.
            n == 0 ? api : bulk, operations, new Random(seed + n))).ToArray();
        var walk = new FuzzLane(api, operations, new Random(seed));
        var token = (await api.CreateGuest()).Token;
        var raw = Enumerable.Range(0, RawLanes).Select(n => new RawFuzz(
            service.BaseAddress, token, new Random(seed - n))).ToArray();

        var started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(
        [
            new FuzzWalk(api, walk, operations).Run(),
            .. raw.Select(lane => lane.Run(RawConnections / RawLanes)),
            .. lanes.Select(lane => lane.Run(Requests / Lanes)),
        ]);

        var took = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        (await service.IsReady()).ShouldBeTrue("it goes on serving");
        Report([.. lanes, walk], operations, raw, took);
    }

    private void Report(
        FuzzLane[] lanes, FuzzedOperation[] operations, RawFuzz[] rawLanes, double seconds)
    {
        var raw = rawLanes.SelectMany(l => l.Seen).GroupBy(s => s.Key)
            .ToDictionary(g => g.Key, g => g.Sum(s => s.Value));
        var seen = lanes.SelectMany(l => l.Seen).GroupBy(s => s.Key)
            .ToDictionary(g => g.Key, g => g.Sum(s => s.Value));
        var reached = 0;
        foreach (var operation in operations.OrderBy(o => o.Path).ThenBy(o => o.Method))
        {
            var statuses = seen.Where(s => s.Key.StartsWith(operation.Name + " ", StringComparison.Ordinal))
                .OrderBy(s => s.Key).Select(s => $"{s.Key[(operation.Name.Length + 1)..]}×{s.Value}")
                .ToArray();
            output.WriteLine($"{operation.Name}: {string.Join(' ', statuses)}");
            if (statuses.Any(s => s.StartsWith('2'))) reached++;
        }

        output.WriteLine("raw: " + string.Join(' ', raw.OrderBy(s => s.Key)
            .Select(s => $"{s.Key}×{s.Value}")));
        var broken = new ConcurrentDictionary<string, List<string>>(
            lanes.SelectMany(l => l.Broken).GroupBy(b => b.Key).Select(g =>
                KeyValuePair.Create(g.Key, g.SelectMany(b => b.Value).ToList())));
        foreach (var (rule, cases) in broken)
        {
            output.WriteLine($"BROKEN {rule}: {cases.Count}");
            foreach (var one in cases.Take(5)) output.WriteLine("  " + one);
        }

        var requests = lanes.Sum(l => l.Sent);
        output.WriteLine(Scoreboard.Add("S8", ("requests", requests), ("raw", raw.Values.Sum()),
            ("rules", FuzzRules.Names.Length), ("rules_broken", broken.Count),
            ("operations", operations.Length), ("reached", reached),
            ("seconds", seconds)));
        broken.ShouldBeEmpty();
        reached.ShouldBe(operations.Length, "every operation succeeds at least once");
        // 505 is what HTTP asks for where the version is none.
        raw.Keys.Where(s => s >= 500).ShouldBeSubsetOf([505]);
    }
}
