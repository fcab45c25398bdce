using System.Globalization;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Simulation.Tests;

/// <summary>Whatever goes wrong, in whatever order: no promise is broken. A failing seed is printed
/// and replayed alone with <c>CUSTOMERGRAINS_SEED</c>.</summary>
[Trait("Section", "R14")]
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const string SeedVariable = "CUSTOMERGRAINS_SEED";

    /// <summary>Worlds in one run of all tests, and in a deep one; <c>CUSTOMERGRAINS_WORLDS</c>
    /// says another number.</summary>
    private static readonly int Worlds =
        Environment.GetEnvironmentVariable("CUSTOMERGRAINS_WORLDS") is { } wanted
            ? int.Parse(wanted, CultureInfo.InvariantCulture)
            : Counts.Of("worlds", 20_000, deep: 5_000_000);

    [Fact]
    public void NoPromise_IsBroken_InAnyOfManyWorlds()
    {
        if (Environment.GetEnvironmentVariable(SeedVariable) is { } one)
        {
            Worlds_Run([int.Parse(one, CultureInfo.InvariantCulture)]);
            return;
        }

        // Another stretch of seeds each time: what one run cannot find, a later one may.
        var first = new Random().Next(1_000_000_000);
        Worlds_Run(Enumerable.Range(first, Worlds));
        output.WriteLine($"seeds from {first}");
        output.WriteLine(Scoreboard.Add("R14", ("worlds", Worlds), ("broken", 0)));
    }

    [Theory]
    [MemberData(nameof(Defects))]
    public void Planted_Defect_IsFound(Defect defect)
    {
        const int SeedsMax = 4_000;
        for (var seed = 0; seed < SeedsMax; seed++)
        {
            if (Runs.Of(seed, defect) is not { } broken) continue;
            output.WriteLine($"{defect}: found with seed {seed}: {broken.Message}");
            return;
        }

        Assert.Fail($"{defect} was not found in {SeedsMax} worlds");
    }

    [Fact]
    public void Equal_Seeds_GiveEqualWorlds()
    {
        for (var seed = 0; seed < 20; seed++)
            Runs.Trace(seed).ShouldBe(Runs.Trace(seed));
    }

    public static TheoryData<Defect> Defects =>
        [.. Enum.GetValues<Defect>().Where(d => d != Defect.None)];

    private static void Worlds_Run(IEnumerable<int> seeds) => Parallel.ForEach(seeds, seed =>
    {
        if (Runs.Of(seed, Defect.None) is { } broken)
            throw new InvalidOperationException(
                $"{SeedVariable}={seed}: {broken.Message}", broken);
    });
}
