using System.Collections.Immutable;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Simulation.Tests.Model;
using CustomerGrains.Storage.Feed;

namespace CustomerGrains.Simulation.Tests.Service;

/// <summary>A silo's end of the journal's partitions: claims, reads on, hands out, records what
/// has arrived. The bookkeeping of what has arrived is the service's own.</summary>
internal sealed class FeedAgent(World world, SimulatedSilo silo)
{
    private readonly Dictionary<short, Owner> _owners = [];
    private readonly Subscribers _subscribers = new(world, silo);

    /// <summary>One look at a partition, and the delivery of what it finds.</summary>
    public async Task Look(short partition)
    {
        if (!_owners.TryGetValue(partition, out var owner))
            _owners[partition] = owner = new Owner(partition);
        if (owner.IsBusy) return;
        owner.IsBusy = true;
        try
        {
            await Look(owner);
        }
        catch (AnswerLostException)
        {
            owner.Release();
        }
        finally
        {
            owner.IsBusy = false;
        }
    }

    private async Task Look(Owner owner)
    {
        var process = silo.Process;
        if (owner.Epoch == 0) owner.Begin(await world.Database.Read(process, t => Claim(t, owner)));
        var arrived = owner.Unrecorded;
        var limit = world.Clock.Chance.Next(1, 5);
        var rows = await world.Database.Read(process, t => Read(t, owner, arrived, limit));
        owner.Unrecorded = null;
        if (rows.IsDefault)
        {
            owner.Release();
            return;
        }

        if (rows.IsEmpty) return;
        var chunk = new JournalChunk(owner.Partition, owner.ReadTo, rows);
        var token = ++owner.Token;
        owner.Deliveries.HandedOut(token, chunk.Last, rows.Length);
        owner.ReadTo = chunk.Last;
        if (world.Defect == Defect.CheckpointBeforeDelivery) Note(owner, [token]);
        // An agent that stops in the middle of a retry reports later chunks without this one.
        var isGivenUp = world.Clock.Happens(world.Chaos ? 60 : 0);
        if (isGivenUp)
            world.Clock.Post(process, TimeSpan.FromSeconds(1), owner.Release);
        else
            await _subscribers.Deliver(chunk);
        if (!isGivenUp && world.Defect != Defect.CheckpointBeforeDelivery) Note(owner, [token]);
    }

    private static void Note(Owner owner, long[] tokens)
    {
        var arrival = owner.Deliveries.Arrived(tokens);
        if (arrival.To is { } to) owner.Unrecorded = to;
        if (arrival.IsBroken) owner.Release();
    }

    private static Checkpoint Claim(Tables t, Owner owner)
    {
        var last = t.Checkpoints.GetValueOrDefault(owner.Partition) ?? new Checkpoint(0, default);
        return t.Checkpoints[owner.Partition] = last with { Epoch = last.Epoch + 1 };
    }

    /// <returns>Default: somebody else owns the partition.</returns>
    private ImmutableArray<JournalRow> Read(
        Tables t, Owner owner, FeedPosition? arrived, int limit)
    {
        var checkpoint = t.Checkpoints[owner.Partition];
        var isOwner = checkpoint.Epoch == owner.Epoch;
        if (!isOwner) return default;
        if (arrived is { } to && checkpoint.To < to)
            t.Checkpoints[owner.Partition] = checkpoint with { To = to };
        if (!t.Journal.TryGetValue(owner.Partition, out var journal)) return [];
        var below = world.Defect == Defect.FeedReadsPastRunning
            ? ulong.MaxValue
            : world.Database.OldestRunning;
        return
        [
            .. journal.Select(s => s.Row)
                .Where(r => r.Position > owner.ReadTo && r.Position.Xid < below).Take(limit),
        ];
    }

    private sealed class Owner(short partition)
    {
        public short Partition => partition;

        public Deliveries Deliveries { get; } = new();

        public long Epoch { get; private set; }

        public FeedPosition ReadTo { get; set; }

        public FeedPosition? Unrecorded { get; set; }

        public long Token { get; set; }

        public bool IsBusy { get; set; }

        public void Begin(Checkpoint claimed) =>
            (Epoch, ReadTo, Unrecorded) = (claimed.Epoch, claimed.To, null);

        public void Release()
        {
            (Epoch, Unrecorded) = (0, null);
            Deliveries.Clear();
        }
    }
}
