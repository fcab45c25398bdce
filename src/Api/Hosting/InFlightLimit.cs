using CustomerGrains.Api.Problems;
using Microsoft.Extensions.Options;

namespace CustomerGrains.Api.Hosting;

/// <summary>Bounds the requests that are under way: what comes beyond is told at once to come
/// again, instead of waiting in memory until its client has given up.</summary>
internal sealed class InFlightLimit(RequestDelegate next, IOptions<ApiOptions> options)
{
    private readonly int _most = options.Value.RequestsInFlightMax;
    private int _underWay;

    public Task InvokeAsync(HttpContext http)
    {
        // Who supervises this process must be answered, above all when it is overloaded.
        if (http.Request.Path.StartsWithSegments("/health")) return next(http);
        if (Interlocked.Increment(ref _underWay) <= _most) return Count(next(http));
        Interlocked.Decrement(ref _underWay);
        return new Problem(ProblemKinds.TryAgain).ExecuteAsync(http);
    }

    private async Task Count(Task answer)
    {
        try
        {
            await answer;
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
