using System.Diagnostics;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Tracing;
using Npgsql;

namespace CustomerGrains.Grains.Feed;

/// <summary>Continues the traces of commits where their rows arrive. Costs nothing while nobody
/// listens.</summary>
internal sealed class JournalTracing(TraceStore traces, TimeProvider time)
{
    private static readonly ActivitySource Source = new("CustomerGrains.Journal");

    /// <summary>Tells of a chunk that was sealed just now.</summary>
    /// <param name="arrived">When the grain got it.</param>
    public Task Sealed(JournalChunk chunk, DateTimeOffset arrived) =>
        Source.HasListeners() ? Tell(chunk, arrived, time.GetUtcNow()) : Task.CompletedTask;

    public DateTimeOffset Now => time.GetUtcNow();

    private async Task Tell(JournalChunk chunk, DateTimeOffset arrived, DateTimeOffset isSealed)
    {
        IReadOnlyDictionary<Guid, ActivityContext> known;
        try
        {
            known = await traces.Read([.. chunk.Rows.Select(row => row.CommandId)]);
        }
        catch (NpgsqlException)
        {
            return; // the rows are sealed; a trace is not worth a second delivery
        }

        foreach (var row in chunk.Rows)
        {
            if (!known.TryGetValue(row.CommandId, out var commit)) continue;
            var stream = Span("journal.stream", ActivityKind.Consumer, commit, row.At, arrived);
            Span("audit.seal", ActivityKind.Internal, stream ?? commit, arrived, isSealed);
        }
    }

    private static ActivityContext? Span(
        string name, ActivityKind kind, ActivityContext parent, DateTimeOffset from,
        DateTimeOffset to)
    {
        using var span = Source.StartActivity(name, kind, parent, startTime: from);
        span?.SetEndTime(to.UtcDateTime);
        return span?.Context;
    }
}
