using CustomerGrains.System.Tests.Histories;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Load.Histories;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests.Partitions;

/// <summary>Two silos and their database, with the ways between them cut: from the database, from
/// each other, in one direction, again and again.</summary>
[Trait("Section", "R6")]
public sealed class PartitionTests(ITestOutputHelper output)
{
    private const int Clients = 10;

    private static readonly int Cuts = Counts.Of("partitions", 1, deep: 40);

    /// <summary>Longer than it takes silos to give each other up.</summary>
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan Felt = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Flap = TimeSpan.FromMilliseconds(700);

    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ways_Cut_NothingIsLostOrDoubled_AndAllAreServedAgain()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "silos are copied from /proc");
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using var service = await RunningService.Start(silos: 2);
        using var history = HistoryWriter.Of(service);
        var goOn = service.PauseLauncher();
        try
        {
            await using var one = await LinkedSilo.InsteadOf(0, service);
            await using var two = await LinkedSilo.InsteadOf(1, service);
            await using var keeper = new SiloKeeper([one, two]);
            await Eventually.Holds("both are ready", async () =>
                await one.IsReady(service) && await two.IsReady(service), _stop);
            await using var load = await EditLoad.Start(service.BaseAddress, history, Clients);
            await load.EveryClientGets(5);
            var kinds = Partitions(one, two);
            using (var rules = NetRules.TryLose(one.FromOthers.Port))
            {
                // To lose packets needs root on Linux and nft.
                if (rules is null) kinds = [.. kinds.Where(kind => kind.Lossy.Length == 0)];
            }

            for (var cut = 0; cut < Cuts; cut++)
                await Divide(kinds[(seed + cut) % kinds.Length], history, load);

            await load.EveryClientGets(5);
            await load.Stop();
            output.WriteLine(await HistoryVerdict.Of(service, history, "R6"));
            output.WriteLine(Scoreboard.Add(
                "R6", ("repeated", load.Clients.Sum(c => c.Retried)),
                ("silos_ended", one.Ends + two.Ends)));
            if (Cuts > 1 || kinds[seed % kinds.Length].Lossy.Length == 0)
                load.Clients.Max(c => c.LongestWait).ShouldBeGreaterThan(Felt, "the cuts were felt");
        }
        finally
        {
            goOn();
        }
    }

    private async Task Divide(Partition partition, HistoryWriter history, EditLoad load)
    {
        history.Strike(partition.What);
        var loss = partition.Lossy.Length > 0 ? NetRules.TryLose(partition.Lossy) : null;
        var started = TimeProvider.System.GetTimestamp();
        for (var shut = true; TimeProvider.System.GetElapsedTime(started) < Cut; shut = !shut)
        {
            foreach (var way in partition.Ways)
                if (shut || !partition.Flaps) way.Shut();
                else way.Open();
            await Task.Delay(Flap, _stop);
        }

        foreach (var way in partition.Ways) way.Open();
        loss?.Hits.ShouldBeGreaterThan(0, "packets were lost");
        loss?.Dispose();
        var healed = TimeProvider.System.GetTimestamp();
        await load.EveryClientGets(2);
        output.WriteLine($"{partition.What}: all served again after "
            + $"{TimeProvider.System.GetElapsedTime(healed).TotalSeconds:0.0} s");
    }

    private static Partition[] Partitions(LinkedSilo one, LinkedSilo two) =>
    [
        new("silos cut from each other", [.. Between(one), .. Between(two)]),
        new("a silo cut from the database", [two.ToDatabase.There, two.ToDatabase.Back]),
        new("one direction cut", [two.FromOthers.There, one.FromOthers.Back]),
        new("answers of the database cut", [one.ToDatabase.Back]),
        new("flapping", [.. Between(one), .. Between(two)]) { Flaps = true },
        new("packets lost", []) { Lossy = [one.FromOthers.Port, two.FromOthers.Port] },
    ];

    private static Valve[] Between(LinkedSilo silo) =>
        [silo.FromOthers.There, silo.FromOthers.Back];

    private sealed record Partition(string What, Valve[] Ways)
    {
        public bool Flaps { get; init; }

        /// <summary>Ports whose packets are lost, some of them.</summary>
        public int[] Lossy { get; init; } = [];
    }
}
