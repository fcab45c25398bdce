using System.Diagnostics;

namespace CustomerGrains.Bench.Driver.Load;

/// <summary>A fixed number of clients, each of whom waits for its answer.</summary>
internal static class ClosedLoop
{
    /// <summary>Runs the work for every number from 0 on, until there are no more.</summary>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> Over(
        Target target, int connections, int count, Func<Wire, int, ValueTask> work)
    {
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var wire = new Wire(target.End);
            while (Interlocked.Increment(ref next) is var number && number < count)
                await work(wire, number);
        })));
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Runs the work over and over until it says that it is enough.</summary>
    public static async Task<TimeSpan> While(
        Target target, int connections, Func<bool> goesOn, Func<Wire, int, ValueTask> work)
    {
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var wire = new Wire(target.End);
            while (goesOn())
                await work(wire, Interlocked.Increment(ref next));
        })));
        return Stopwatch.GetElapsedTime(started);
    }
}
