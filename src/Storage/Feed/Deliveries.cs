using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Storage.Feed;

/// <summary>Chunks that were handed out, in order, and which of them have arrived. What may be
/// recorded is the unbroken run of arrived ones at the front.</summary>
public sealed class Deliveries
{
    private readonly Queue<Chunk> _open = new();

    public bool IsEmpty => _open.Count == 0;

    public void HandedOut(long token, FeedPosition last, int rows) =>
        _open.Enqueue(new Chunk(token, last, rows));

    /// <summary>Notes a report of the agent and takes the run of arrived chunks from the front.
    /// </summary>
    /// <remarks>The agent reports a chunk when it forgets it, which is after every subscriber has
    /// taken it. One that it leaves out, although it reports a later one, it has given up.
    /// </remarks>
    /// <param name="tokens">Of the chunks that have arrived.</param>
    public Arrival Arrived(IReadOnlyCollection<long> tokens)
    {
        if (tokens.Count == 0) return new Arrival(null, 0, IsBroken: false);
        var (newest, known) = (tokens.Max(), tokens.ToHashSet());
        FeedPosition? to = null;
        var rows = 0;
        while (_open.TryPeek(out var chunk) && chunk.Token <= newest)
        {
            if (!known.Contains(chunk.Token)) return new Arrival(to, rows, IsBroken: true);
            _open.Dequeue();
            (to, rows) = (chunk.Last, rows + chunk.Rows);
        }

        return new Arrival(to, rows, IsBroken: false);
    }

    public void Clear() => _open.Clear();

    private sealed record Chunk(long Token, FeedPosition Last, int Rows);
}

/// <param name="To">Up to here all has arrived; null when nothing new has.</param>
/// <param name="Rows">How many rows that are.</param>
/// <param name="IsBroken">A chunk was given up: all from there on must be handed out again.
/// </param>
public readonly record struct Arrival(FeedPosition? To, int Rows, bool IsBroken);
