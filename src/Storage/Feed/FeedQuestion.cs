namespace CustomerGrains.Storage.Feed;

/// <summary>What an owner wants to know of its partition, and what it has to record. Stands until
/// it is answered.</summary>
public sealed class FeedQuestion(FeedRequest request)
{
    private readonly Lock _lock = new();

    private readonly TaskCompletionSource<FeedAnswer> _answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FeedRequest _request = request;

    /// <summary>Done once there are rows, or the partition has another owner.</summary>
    public Task<FeedAnswer> Answered => _answer.Task;

    /// <summary>As it is now; what is left to record shrinks as looks record it.</summary>
    public FeedRequest Request
    {
        get
        {
            lock (_lock) return _request;
        }
    }

    /// <summary>Leaves more to record.</summary>
    public void Add(Arrived more)
    {
        lock (_lock) _request = _request with { Arrived = more.On(_request.Arrived) };
    }

    /// <summary>Notes what a look has recorded.</summary>
    internal void Recorded(FeedRequest looked)
    {
        lock (_lock)
        {
            if (looked.Arrived is { } done && _request.Arrived is { } open)
                _request = _request with { Arrived = open.Without(done) };
        }
    }

    internal void Answer(FeedAnswer answer) => _answer.TrySetResult(answer);
}

/// <summary>That all rows up to a position have arrived.</summary>
/// <param name="Rows">How many since it was last recorded.</param>
public readonly record struct Arrived(GrainInterfaces.FeedPosition To, int Rows)
{
    internal Arrived On(Arrived? earlier) => this with { Rows = Rows + (earlier?.Rows ?? 0) };

    internal Arrived? Without(Arrived earlier) =>
        To == earlier.To ? null : this with { Rows = Rows - earlier.Rows };
}
