using System.Collections.Immutable;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Storage.Metrics;

/// <summary>Rows of one partition that wait to be counted.</summary>
internal sealed class MetricsPortion(
    short partition, FeedPosition after, ImmutableArray<JournalRow> rows)
{
    private readonly TaskCompletionSource<FeedPosition?> _counted =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public short Partition => partition;

    /// <summary>Where the rows before these ended.</summary>
    public FeedPosition After => after;

    public ImmutableArray<JournalRow> Rows => rows;

    /// <summary>The partition's mark afterwards; null: something in the batch cannot be counted,
    /// and nothing of it was.</summary>
    public Task<FeedPosition?> Counted => _counted.Task;

    public void Complete(FeedPosition? mark) => _counted.TrySetResult(mark);

    public void Fail(Exception cause) => _counted.TrySetException(cause);
}
