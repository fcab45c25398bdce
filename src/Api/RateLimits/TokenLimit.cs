using CustomerGrains.Api.Auth;
using CustomerGrains.Api.Problems;
using Microsoft.Extensions.Options;

namespace CustomerGrains.Api.RateLimits;

/// <summary>Limits the requests of each access token; requests without one pass.</summary>
/// <remarks>The framework's partitioned limiter takes one lock for all clients and walks all its
/// buckets ten times a second: measured, a thirtieth of the processor time of a request. Here the
/// bucket lies with the validated token, which every request has looked up anyway.</remarks>
internal sealed class TokenLimit(
    RequestDelegate next, IOptions<RateLimitOptions> options, TimeProvider clock)
{
    private readonly RateLimitOptions limits = options.Value;
    private readonly long perRequest =
        clock.TimestampFrequency / options.Value.PerTokenAndSecond;

    public Task InvokeAsync(HttpContext http)
    {
        if (KnownToken.Of(http) is not { } token) return next(http);
        var wait = token.Requests.Take(clock.GetTimestamp(), perRequest, limits.PerTokenBurst);
        return wait == 0 ? next(http) : Refuse(http, clock.GetElapsedTime(0, wait));
    }

    private Task Refuse(HttpContext http, TimeSpan wait) =>
        new Problem(ProblemKinds.RateLimited)
        {
            RetryAfter = wait,
            RateLimit = limits.PerTokenAndSecond,
        }.ExecuteAsync(http);
}
