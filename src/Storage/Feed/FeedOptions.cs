namespace CustomerGrains.Storage.Feed;

/// <summary>How the feed works. Section <c>Feed</c>.</summary>
public sealed class FeedOptions
{
    /// <summary>Journal rows handed out at once: one write of each subscriber.</summary>
    public int ChunkRowsMax { get; set; } = 500;

    /// <summary>The least time between two looks; how late the first commit after a rest is seen.
    /// </summary>
    public TimeSpan LookMin { get; set; } = TimeSpan.FromMilliseconds(25);

    /// <summary>Idle looks grow apart up to this. Commits of this silo are seen at once; it bounds
    /// how late those of others are.</summary>
    public TimeSpan LookMax { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The least time between two looks that find something, unless there is more than
    /// one look takes. A look and what follows it cost some statements whatever they hold: under
    /// load few large ones cost a fraction of many small ones, and half a second of lag is allowed.
    /// </summary>
    public TimeSpan Pace { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long an idle partition waits before it shows itself to its agent.</summary>
    public TimeSpan IdleWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often an agent comes back while chunks are under way: only then it reports
    /// which have arrived.</summary>
    public TimeSpan BusyWait { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a partition that was taken over is left to the other.</summary>
    public TimeSpan ClaimAgainAfter { get; set; } = TimeSpan.FromSeconds(3);
}
