namespace CustomerGrains.Storage.Feed;

/// <summary>How the feed works. Section <c>Feed</c>.</summary>
public sealed class FeedOptions
{
    /// <summary>Journal rows handed out at once: one write of each subscriber.</summary>
    public int ChunkRowsMax { get; set; } = 500;

    /// <summary>The first look after something was found.</summary>
    public TimeSpan LookMin { get; set; } = TimeSpan.FromMilliseconds(25);

    /// <summary>Idle looks grow apart up to this. Commits of this silo are seen at once; it bounds
    /// how late those of others are.</summary>
    public TimeSpan LookMax { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Looks right after a commit of this silo, while its transaction may still be among
    /// the running ones.</summary>
    public TimeSpan LookAfterCommit { get; set; } = TimeSpan.FromMilliseconds(4);

    /// <summary>How many of those.</summary>
    public int LooksAfterCommit { get; set; } = 6;

    /// <summary>How long an idle partition waits before it shows itself to its agent.</summary>
    public TimeSpan IdleWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often an agent comes back while chunks are under way: only then it reports
    /// which have arrived.</summary>
    public TimeSpan BusyWait { get; set; } = TimeSpan.FromMilliseconds(25);

    /// <summary>How long a partition that was taken over is left to the other.</summary>
    public TimeSpan ClaimAgainAfter { get; set; } = TimeSpan.FromSeconds(3);
}
