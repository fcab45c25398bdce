using System.Text.Json;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Simulation.Tests.Model;
using CustomerGrains.Storage.Audit;

namespace CustomerGrains.Simulation.Tests.Service;

/// <summary>Who seals the journal and who counts it, each chunk until it is taken. As
/// <c>seal.sql</c> and <c>MetricsStore</c> do it.</summary>
internal sealed class Subscribers(World world, SimulatedSilo silo)
{
    private readonly SequenceWatch _sequences = new();

    public async Task Deliver(JournalChunk chunk)
    {
        await UntilTaken(() => Seal(chunk));
        await UntilTaken(() => Count(chunk));
    }

    private async Task UntilTaken(Func<Task> take)
    {
        while (true)
        {
            try
            {
                await take();
                return;
            }
            catch (Exception e) when (e is AnswerLostException or RolledBackException)
            {
                await world.Clock.Rest(silo.Process, world.Clock.Between(50, 500));
            }
        }
    }

    private Task<bool> Seal(JournalChunk chunk)
    {
        var predecessors = _sequences.Predecessors(chunk);
        return world.Database.Write(silo.Process, async transaction =>
        {
            var database = world.Database;
            await database.Lock(transaction, ("head", chunk.Partition));
            var sealedTo = Seals(chunk.Partition) is [.., { } last] ? last[^1] : default;
            var rows = world.Defect == Defect.SealedAsDelivered
                ? chunk.Rows.Select(r => r.Position).Where(p => p > sealedTo).ToArray()
                : database.Tables.Journal[chunk.Partition].Select(s => s.Row.Position)
                    .Where(p => p > sealedTo && p <= chunk.Last).ToArray();
            world.Gaps += predecessors.Count(
                p => database.Tables.Find(p.CustomerId, p.Sequence) is null);
            if (rows.Length > 0) transaction.Writes.Add(() => Seals(chunk.Partition).Add(rows));
            await world.Clock.Step(database.Process);
            return true;
        });
    }

    private List<FeedPosition[]> Seals(short partition)
    {
        var seals = world.Database.Tables.Seals;
        if (!seals.TryGetValue(partition, out var chain)) seals[partition] = chain = [];
        return chain;
    }

    private async Task Count(JournalChunk chunk)
    {
        var mark = await Count(chunk.Partition, chunk.After, [.. chunk.Rows]);
        if (mark >= chunk.Last) return;
        while (mark < chunk.After)
        {
            var missing = await world.Database.Read(silo.Process, t =>
                t.Journal[chunk.Partition].Select(s => s.Row)
                    .Where(r => r.Position > mark && r.Position <= chunk.After).Take(3).ToList());
            if (missing.Count == 0) break;
            mark = await Count(chunk.Partition, mark, missing);
        }

        await Count(chunk.Partition, mark, [.. chunk.Rows]);
    }

    /// <returns>The mark; nothing is counted when rows are missing before these.</returns>
    private async Task<FeedPosition> Count(
        short partition, FeedPosition after, List<JournalRow> rows)
    {
        var (tables, defect) = (world.Database.Tables, world.Defect);
        var countsAll = defect == Defect.CountedWithoutMark;
        var mark = await world.Database.Write(silo.Process, async transaction =>
        {
            await world.Database.Lock(transaction, ("mark", partition));
            var mark = tables.Marks.GetValueOrDefault(partition);
            var isGap = after > mark && defect != Defect.GapNotCaughtUp;
            if (!countsAll && (isGap || rows[^1].Position <= mark)) return mark;
            foreach (var row in rows.Where(r => r.Position > mark || countsAll))
                transaction.Writes.Add(() => Count(row));
            if (defect != Defect.MarkInItsOwnTransaction)
                transaction.Writes.Add(() => tables.Marks[partition] = rows[^1].Position);
            await world.Clock.Step(world.Database.Process);
            return rows[^1].Position;
        });
        if (defect != Defect.MarkInItsOwnTransaction) return mark;
        return await world.Database.Write(silo.Process, transaction =>
        {
            transaction.Writes.Add(() => tables.Marks[partition] = mark);
            return Task.FromResult(mark);
        });
    }

    private void Count(JournalRow row)
    {
        var counters = world.Database.Tables.Counters;
        foreach (var kind in KindsOf(row))
            counters[kind] = counters.GetValueOrDefault(kind) + 1;
    }

    public static IEnumerable<string> KindsOf(JournalRow row)
    {
        using var events = JsonDocument.Parse(row.Events);
        return
        [
            .. events.RootElement.EnumerateArray().Select(e => e.GetProperty("kind").GetString()!),
        ];
    }
}
