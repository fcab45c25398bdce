using System.Globalization;
using CustomerGrains.System.Tests.Histories;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Load.Histories;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests.Partitions;

/// <summary>The front end loses its way to one silo, which lives on: its customers' answers come by
/// the other one.</summary>
[Trait("Section", "R6")]
public sealed class LostGatewayTests(ITestOutputHelper output)
{
    private const int Clients = 20;

    /// <summary>A call is given up after 10 s; the second one has its answer.</summary>
    private static readonly TimeSpan ServedWithin = TimeSpan.FromSeconds(25);

    [Fact]
    public async Task Gateway_CutFromTheFrontEnd_ItsSilosCustomersAreServedByAnother()
    {
        await using var service = await RunningService.Start(silos: 2);
        using var history = HistoryWriter.Of(service);
        await using var load = await EditLoad.Start(service.BaseAddress, history, Clients);
        await load.EveryClientGets(5);

        var port = SiloCopy.Of(service.Silo(1).Pid).Setting("Silo__GatewayPort");
        history.Strike("a gateway is cut from the front end");
        using var cut = NetRules.TryRefuse(int.Parse(port, CultureInfo.InvariantCulture));
        Assert.SkipWhen(cut is null, "cutting connections needs root on Linux, nft and ss");
        await load.EveryClientGets(1);
        await load.Last(TimeSpan.FromSeconds(5));
        await load.Stop();
        var longest = load.Clients.Max(c => c.LongestWait);
        output.WriteLine($"longest wait {longest.TotalSeconds:0.0} s; "
            + await HistoryVerdict.Of(service, history, "R6"));
        cut.Hits.ShouldBeGreaterThan(0, "the front end lost its connection and tried again");
        longest.ShouldBeLessThan(ServedWithin);
    }
}
