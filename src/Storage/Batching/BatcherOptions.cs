namespace CustomerGrains.Storage.Batching;

public sealed record BatcherOptions
{
    /// <summary>Loops that take batches, each with a connection of its own. Two: one idles during
    /// the other's flush; a third only splits batches.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>Items at most in one batch. Above 256 the cost per commit hardly falls, while the
    /// convoy behind a batch and the cost of splitting one grow.</summary>
    public int BatchSizeMax { get; init; } = 256;

    /// <summary>Bytes at which a batch is closed, about: 4 MiB.</summary>
    public long BatchBytesMax { get; init; } = 4 * 1024 * 1024;

    /// <summary>Items that may wait: 0.1 to 0.2 s of work at 10,000 to 20,000 per second. A deeper
    /// queue would only add latency.</summary>
    public int QueueCapacity { get; init; } = 2048;

    /// <summary>How long a caller waits for a place in a full queue before it is refused.</summary>
    public TimeSpan PatienceWhenFull { get; init; } = TimeSpan.FromMilliseconds(50);
}
