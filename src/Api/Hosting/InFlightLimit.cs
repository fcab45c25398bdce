using System.IO.Pipelines;
using System.Threading.RateLimiting;
using CustomerGrains.Api.Problems;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace CustomerGrains.Api.Hosting;

/// <summary>Bounds the requests that are under way, so that those let in are answered soon: what
/// comes beyond waits for a moment and is then told to come again.</summary>
/// <remarks>Reads and changes have places of their own: while the database stands still and changes
/// fill theirs, polls are still answered from memory. A request takes its place when it has come
/// whole, so that slow senders hold none.</remarks>
internal sealed class InFlightLimit(RequestDelegate next, IOptions<ApiOptions> options) : IDisposable
{
    private readonly ConcurrencyLimiter _reads = Limiter(options.Value);
    private readonly ConcurrencyLimiter _changes = Limiter(options.Value);
    private readonly TimeSpan _patience = options.Value.RequestPatience;

    public Task InvokeAsync(HttpContext http)
    {
        // Who supervises this process must be answered, above all when it is overloaded.
        if (http.Request.Path.StartsWithSegments("/health")) return next(http);
        return HttpMethods.IsGet(http.Request.Method) ? Serve(http, _reads) : Receive(http);
    }

    public void Dispose()
    {
        _reads.Dispose();
        _changes.Dispose();
    }

    private static ConcurrencyLimiter Limiter(ApiOptions options) => new(new()
    {
        PermitLimit = options.RequestsInFlightMax,
        QueueLimit = options.RequestsWaitingMax,
    });

    /// <summary>Waits for the rest of a body; whoever reads it later finds it there.</summary>
    private async Task Receive(HttpContext http)
    {
        // Those that may be longer than others are read in pieces.
        if (http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is null)
            await ReadAll(http.Request.BodyReader, http.RequestAborted);
        await Serve(http, _changes);
    }

    private static async ValueTask ReadAll(PipeReader body, CancellationToken cancellation)
    {
        try
        {
            bool isWhole;
            do
            {
                var read = await body.ReadAsync(cancellation);
                body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                isWhole = read.IsCompleted;
            }
            while (!isWhole);
        }
        catch (BadHttpRequestException)
        {
            // Too long, or broken. Its reader meets this again and says so, if the request gets
            // that far: no token is a reason that comes first.
        }
    }

    private async Task Serve(HttpContext http, ConcurrencyLimiter limiter)
    {
        var place = limiter.AttemptAcquire();
        if (!place.IsAcquired) place = await Wait(limiter);
        using (place)
        {
            if (place is { IsAcquired: true }) await next(http);
            else await new Problem(ProblemKinds.TryAgain).ExecuteAsync(http);
        }
    }

    /// <returns>Null when no place became free in time.</returns>
    private async ValueTask<RateLimitLease?> Wait(ConcurrencyLimiter limiter)
    {
        using var patience = new CancellationTokenSource(_patience);
        try
        {
            return await limiter.AcquireAsync(cancellationToken: patience.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
