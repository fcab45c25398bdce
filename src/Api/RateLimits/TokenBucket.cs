namespace CustomerGrains.Api.RateLimits;

/// <summary>How many requests one access token may still send: a bucket that fills evenly.
/// </summary>
/// <remarks>The generic cell rate algorithm (ITU-T I.371): the whole state is the time at which
/// the bucket would be full again, so that no timer fills it and no lock guards it.</remarks>
internal sealed class TokenBucket
{
    // Clock ticks; in the past when the bucket is full.
    private long fullAt = long.MinValue / 2;

    /// <summary>Takes one request out.</summary>
    /// <param name="now">Ticks of a clock that never goes back.</param>
    /// <param name="perRequest">Ticks in which the bucket gains one request.</param>
    /// <param name="burst">Requests in a full bucket.</param>
    /// <returns>Zero, or the ticks until a request would be let through.</returns>
    public long Take(long now, long perRequest, int burst)
    {
        while (true)
        {
            var known = Volatile.Read(ref fullAt);
            var next = Math.Max(known, now) + perRequest;
            var wait = next - now - perRequest * burst;
            if (wait > 0) return wait;
            if (Interlocked.CompareExchange(ref fullAt, next, known) == known) return 0;
        }
    }
}
