using System.Collections.Concurrent;
using System.Diagnostics;

namespace CustomerGrains.Bench.Driver.Load;

/// <summary>Requests that come whether or not earlier ones were answered, at an even rate. Their
/// latency counts from when they were due.</summary>
internal sealed class OpenLoop(Target target, int connections) : IDisposable
{
    private readonly Wire[] wires =
        [.. Enumerable.Range(0, connections).Select(_ => new Wire(target.End))];
    private readonly ConcurrentStack<Wire> idle = [];
    private readonly ConcurrentQueue<long> late = [];

    /// <summary>Opens all connections, so that none is opened while it counts.</summary>
    public Task Connect(byte[] request) =>
        Task.WhenAll(wires.Select(wire => wire.Send(request).AsTask()));

    /// <param name="request">The bytes of request number n.</param>
    /// <returns>When the last one was due (a time stamp); all that were sent are answered by
    /// then or later, before this returns.</returns>
    public async Task<long> Run(
        double perSecond, TimeSpan length, Func<long, byte[]> request,
        Action<Times, Answer> answered)
    {
        idle.Clear();
        idle.PushRange(wires);
        late.Clear();
        long due = 0, number = -1;
        var under = new ConcurrentBag<Task>();
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) is var passed && passed < length)
        {
            for (var now = (long)(passed.TotalSeconds * perSecond); due < now; due++)
            {
                var at = started + (long)(due / perSecond * Stopwatch.Frequency);
                if (idle.TryPop(out var wire)) under.Add(Serve(wire, at));
                else late.Enqueue(at);
            }

            await Task.Delay(1);
        }

        var ended = Stopwatch.GetTimestamp();
        late.Clear();
        await Task.WhenAll(under);
        return ended;

        async Task Serve(Wire wire, long at)
        {
            await Task.Yield();
            do
            {
                var bytes = request(Interlocked.Increment(ref number));
                var sent = Stopwatch.GetTimestamp();
                var answer = await wire.Send(bytes);
                answered(new(Stopwatch.GetElapsedTime(at), Stopwatch.GetElapsedTime(sent)), answer);
            }
            while (late.TryDequeue(out at));
            idle.Push(wire);
        }
    }

    public void Dispose()
    {
        foreach (var wire in wires) wire.Dispose();
    }

    /// <param name="SinceDue">What a client would have waited; holds the generator's own delay.</param>
    /// <param name="SinceSent">What the service took.</param>
    internal readonly record struct Times(TimeSpan SinceDue, TimeSpan SinceSent);
}
