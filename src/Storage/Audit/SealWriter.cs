using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Batching;
using CustomerGrains.Storage.Feed;

namespace CustomerGrains.Storage.Audit;

/// <summary>A partition whose rows up to a position are to be sealed.</summary>
internal sealed class SealRequest(
    short partition,
    FeedPosition upTo,
    IReadOnlyList<(Guid CustomerId, long Sequence)> predecessors)
{
    private readonly TaskCompletionSource<int> _gaps =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public short Partition => partition;

    public FeedPosition UpTo => upTo;

    public IReadOnlyList<(Guid CustomerId, long Sequence)> Predecessors => predecessors;

    /// <summary>Missing predecessors; done when the seal is written.</summary>
    public Task<int> Gaps => _gaps.Task;

    public void Complete(int gaps) => _gaps.TrySetResult(gaps);

    public void Fail(Exception cause) => _gaps.TrySetException(cause);
}

/// <summary>Seals what waits in one statement: its cost hardly grows with the partitions.</summary>
internal sealed class SealWriter(FeedDatabase database, TimeProvider time)
    : IBatchWork<SealRequest>
{
    /// <summary>One at a time: what comes meanwhile goes together.</summary>
    public static readonly BatcherOptions Batches =
        new() { Workers = 1, BatchSizeMax = JournalStream.Partitions };

    public int SizeOf(SealRequest item) => 0;

    public async Task Execute(List<SealRequest> batch)
    {
        // A partition has one activation; should two meet for a moment, the later one waits.
        foreach (var round in batch.GroupBy(r => r.Partition)
            .SelectMany(same => same.Select((request, i) => (request, i)))
            .GroupBy(r => r.i, r => r.request))
            await Seal([.. round]);
    }

    private async Task Seal(SealRequest[] requests)
    {
        try
        {
            var gaps = await Write(requests);
            foreach (var request in requests)
                request.Complete(gaps.GetValueOrDefault(request.Partition));
        }
        catch (Exception e)
        {
            // Any exception is caught: every waiting caller must hear.
            foreach (var request in requests) request.Fail(e);
        }
    }

    private async Task<Dictionary<short, int>> Write(SealRequest[] requests)
    {
        var predecessors = requests
            .SelectMany(r => r.Predecessors.Select(p => (r.Partition, p.CustomerId, p.Sequence)))
            .ToList();
        await using var command = database.Source.Command("Audit/seal",
            requests.Select(r => r.Partition).ToArray(),
            requests.Select(r => FeedRows.Text(r.UpTo.Xid)).ToArray(),
            requests.Select(r => r.UpTo.Id).ToArray(),
            time.UtcNowInMilliseconds(),
            predecessors.Select(p => p.Partition).ToArray(),
            predecessors.Select(p => p.CustomerId).ToArray(),
            predecessors.Select(p => p.Sequence).ToArray());
        await using var reader = await command.ExecuteReaderAsync();
        var gaps = new Dictionary<short, int>();
        while (await reader.ReadAsync()) gaps[reader.GetInt16(0)] = reader.GetInt32(2);
        return gaps;
    }
}
