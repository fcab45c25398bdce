using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace CustomerGrains.Simulation.Tests.Machine;

/// <summary>One thread, one seeded source of chance, one clock that jumps from event to event.
/// Equal seeds give equal runs, step by step.</summary>
internal sealed class Clockwork(int seed)
{
    private static readonly DateTimeOffset Dawn = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Event, (long At, int Tie, int Order)> _events = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private int _order;

    public Random Chance { get; } = new(seed);

    /// <summary>UTC.</summary>
    public DateTimeOffset Now { get; private set; } = Dawn;

    /// <summary>Events carried out so far.</summary>
    public int Steps { get; private set; }

    /// <summary>True so often of a thousand.</summary>
    public bool Happens(int perMille) => Chance.Next(1000) < perMille;

    public T Pick<T>(IReadOnlyList<T> from) => from[Chance.Next(from.Count)];

    public TimeSpan Between(int least, int most) =>
        TimeSpan.FromMilliseconds(Chance.Next(least, most + 1));

    public Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        Chance.NextBytes(bytes);
        return new Guid(bytes);
    }

    /// <summary>Something that a process does later, unless it dies before.</summary>
    public void Post(Process process, TimeSpan after, Action go) =>
        Post(process, process.Life, after, go);

    /// <param name="life">Of the process; if it is over, nothing happens.</param>
    public void Post(Process process, int life, TimeSpan after, Action go) =>
        Enqueue(new Event(process, life, go), Now + after);

    /// <summary>Like <see cref="Post(Process, TimeSpan, Action)"/>, for what takes its time. If it
    /// fails, the run does.</summary>
    public void Start(Process process, TimeSpan after, Func<Task> work) =>
        Post(process, after, () => _ = Watched(work));

    /// <summary>What went wrong first; null when nothing did.</summary>
    public Exception? Failure { get; private set; }

    public void Fail(Exception failure) => Failure ??= failure;

    private async Task Watched(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e)
        {
            // The one place where any exception is caught: nobody else waits for it.
            Fail(e);
        }
    }

    /// <summary>Lets others go first, for a few milliseconds.</summary>
    public Rest Step(Process process) => new(this, process, Between(0, 12));

    public Rest Rest(Process process, TimeSpan time) => new(this, process, time);

    /// <summary>The next event.</summary>
    /// <returns>False when there is none.</returns>
    public bool Advance()
    {
        if (Failure is { } failure) ExceptionDispatchInfo.Throw(failure);
        if (!_events.TryDequeue(out var next, out var place)) return false;
        Now = new DateTimeOffset(place.At, TimeSpan.Zero);
        Steps++;
        if (next.Process.Life != next.Life) return true;
        if (next.Process.StandsUntil > Now) Enqueue(next, next.Process.StandsUntil);
        else next.Go();
        return true;
    }

    private void Enqueue(Event happens, DateTimeOffset at)
    {
        if (Environment.CurrentManagedThreadId != _thread)
            Environment.FailFast("The simulation has left its thread.");
        _events.Enqueue(happens, (at.UtcTicks, Chance.Next(4), _order++));
    }

    private readonly record struct Event(Process Process, int Life, Action Go);
}

/// <summary>A wait of one process. If the process dies, what comes after it never happens.
/// </summary>
internal readonly struct Rest(Clockwork clock, Process process, TimeSpan time)
    : ICriticalNotifyCompletion
{
    public bool IsCompleted => false;

    public Rest GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => clock.Post(process, time, continuation);

    public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);
}

/// <summary>What can be killed or paused.</summary>
internal sealed class Process(string name)
{
    public string Name => name;

    /// <summary>Rises with each death: what an earlier life has begun does not go on.</summary>
    public int Life { get; private set; }

    /// <summary>It stands still until then, with all it holds.</summary>
    public DateTimeOffset StandsUntil { get; set; }

    public void Kill()
    {
        Life++;
        StandsUntil = default;
    }
}
