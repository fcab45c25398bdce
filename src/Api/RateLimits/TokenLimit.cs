using System.Threading.RateLimiting;
using CustomerGrains.Api.Auth;

namespace CustomerGrains.Api.RateLimits;

/// <summary>A token bucket per access token. Requests without one are not counted here.</summary>
internal sealed class TokenLimit
{
    /// <summary>Refills per second: fine enough that no client waits noticeably longer than it
    /// must, coarse enough to cost nothing.</summary>
    private const int RefillsPerSecond = 10;

    private readonly Func<TokenKey, RateLimiter> makeBucket;

    public TokenLimit(RateLimitOptions limits)
    {
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = limits.PerTokenBurst,
            TokensPerPeriod = limits.PerTokenAndSecond / RefillsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1) / RefillsPerSecond,
            QueueLimit = 0,
            // The partitioned limiter refills all buckets from one timer.
            AutoReplenishment = false,
        };
        makeBucket = _ => new TokenBucketRateLimiter(bucket);
    }

    public RateLimitPartition<TokenKey> PartitionOf(HttpContext http) =>
        CallerIdentity.Of(http) is { } caller
            ? RateLimitPartition.Get(caller.Token, makeBucket)
            : RateLimitPartition.GetNoLimiter(default(TokenKey));
}
