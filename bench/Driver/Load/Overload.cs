using System.Diagnostics;

namespace CustomerGrains.Bench.Driver.Load;

/// <summary>Three times as many edits as can be served, for a while: what is accepted, how fast the
/// rest is refused, what memory it takes, and how soon all is as before.</summary>
internal static class Overload
{
    private const double Excess = 3;

    // Of the peak: what a service has to do on an ordinary day.
    private const double Ordinary = 0.5;

    // More than the front end lets through at once.
    private const int Connections = 6000;

    private const int PeakConnections = 256;

    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(250);

    // A window of an ordinary day: nothing refused, 99 of 100 within this.
    private static readonly TimeSpan OrdinaryLatency = TimeSpan.FromMilliseconds(100);

    public static async Task<int> Run(Target target, TimeSpan length, int silo)
    {
        var edits = new Edits(target);
        await Peak(target, edits, TimeSpan.FromSeconds(2)); // compiles the generator
        var used = Generator();
        var (peak, peakTally) = await Peak(target, edits, length);
        Facts.Print("overload.peak.generator", (Generator() - used) / length);
        Console.WriteLine(peakTally.Result(length));
        Facts.Print("overload.peak", peak);
        Facts.Print("overload.peak.p99", peakTally.Percentile(0.99) / 1000.0);

        using var open = new OpenLoop(target, Connections);
        await open.Connect(Target.Request("GET", "/health/live", ""));
        using var memory = new MemoryWatch(silo);
        var all = new Tally();
        var due = new Tally();
        var refusals = new Tally();
        used = Generator();
        var started = Stopwatch.GetTimestamp();
        var ended = await open.Run(peak * Excess, length, edits.Next, (took, answer) =>
        {
            all.Add(answer.Status, took.SinceSent);
            due.Add(answer.Status, took.SinceDue);
            if (answer.Status == 503) refusals.Time(took.SinceSent);
            edits.Note(answer);
        });
        var lasted = Stopwatch.GetElapsedTime(started);
        used = Generator() - used;
        Console.WriteLine(all.Result(lasted));
        Facts.Print("overload.due", peak * Excess);
        Facts.Print("overload.sent", all.All / lasted.TotalSeconds);
        Facts.Print("overload.accepted", all.Good / lasted.TotalSeconds);
        Facts.Print("overload.refused", all.Refused / lasted.TotalSeconds);
        Facts.Print("overload.other", all.Other);
        Facts.Print("overload.lost", all.Lost);
        Facts.Print("overload.p50", all.Percentile(0.5) / 1000.0);
        Facts.Print("overload.p99", all.Percentile(0.99) / 1000.0);
        Facts.Print("overload.due.p99", due.Percentile(0.99) / 1000.0);
        Facts.Print("overload.refusal.p99", refusals.Percentile(0.99) / 1000.0);
        Facts.Print("overload.generator", used.TotalSeconds / lasted.TotalSeconds);
        Facts.Print("overload.memory.before", memory.First);
        Facts.Print("overload.memory.most", memory.Most);
        Facts.Print("overload.recovery", await Recovery(open, edits, peak * Ordinary, ended));
        Facts.Print("overload.acknowledged", edits.Acknowledged);
        return 0;
    }

    private static TimeSpan Generator() => Process.GetCurrentProcess().TotalProcessorTime;

    private static async Task<(double PerSecond, Tally Tally)> Peak(
        Target target, Edits edits, TimeSpan length)
    {
        var tally = new Tally();
        var started = Stopwatch.GetTimestamp();
        var took = await ClosedLoop.While(
            target, PeakConnections, () => Stopwatch.GetElapsedTime(started) < length,
            async (wire, number) =>
            {
                var sent = Stopwatch.GetTimestamp();
                var answer = await wire.Send(edits.Next(number));
                tally.Add(answer.Status, Stopwatch.GetElapsedTime(sent));
                edits.Note(answer);
            });
        return (tally.Good / took.TotalSeconds, tally);
    }

    /// <summary>Seconds from the end of the overload to the first ordinary window.</summary>
    private static async Task<double> Recovery(
        OpenLoop open, Edits edits, double perSecond, long started)
    {
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30))
        {
            var begun = Stopwatch.GetElapsedTime(started);
            var tally = new Tally();
            await open.Run(perSecond, Window, edits.Next, (took, answer) =>
            {
                tally.Add(answer.Status, took.SinceDue);
                edits.Note(answer);
            });
            if (tally.Good == tally.All
                && tally.Percentile(0.99) < OrdinaryLatency.TotalMicroseconds)
                return begun.TotalSeconds;
        }

        return double.PositiveInfinity;
    }
}
