using System.Diagnostics;
using CustomerGrains.Storage.Demo;

namespace CustomerGrains.Bench.Driver.Load;

/// <summary>Opens each demo customer once: the first time they have to be loaded, the second time
/// they are in memory. Each look is logged, as every administrator's is.</summary>
internal static class Touch
{
    private const int Connections = 256;

    public static async Task<int> Run(Target target, int customers, string name)
    {
        var tally = new Tally();
        var took = await ClosedLoop.Over(target, Connections, customers, async (wire, number) =>
        {
            var request = Target.Request(
                "GET", $"/api/admin/customers/{DemoPeople.IdOf(number)}?purpose=benchmark",
                target.Admins[number % target.Admins.Length]);
            var started = Stopwatch.GetTimestamp();
            var answer = await wire.Send(request);
            tally.Add(answer.Status, Stopwatch.GetElapsedTime(started));
        });
        Console.WriteLine(tally.Result(took));
        Facts.Print(name + ".rate", tally.Good / took.TotalSeconds);
        Facts.Print(name + ".p50", tally.Percentile(0.5) / 1000.0);
        Facts.Print(name + ".p99", tally.Percentile(0.99) / 1000.0);
        Facts.Print(name + ".bad", tally.All - tally.Good);
        return 0;
    }
}
