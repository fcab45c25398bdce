using System.IO.Pipelines;
using CustomerGrains.Api.Problems;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace CustomerGrains.Api.Hosting;

/// <summary>Bounds the requests that are under way, so that those let in are answered soon: what
/// comes beyond is told at once to come again.</summary>
/// <remarks>Reads and changes have places of their own: while the database stands still and changes
/// fill theirs, polls are still answered from memory. A request takes its place when it has come
/// whole, so that slow senders hold none.</remarks>
internal sealed class InFlightLimit(RequestDelegate next, IOptions<ApiOptions> options)
{
    private readonly Places _reads = new(options.Value.RequestsInFlightMax);
    private readonly Places _changes = new(options.Value.RequestsInFlightMax);

    public Task InvokeAsync(HttpContext http)
    {
        // Who supervises this process must be answered, above all when it is overloaded.
        if (http.Request.Path.StartsWithSegments("/health")) return next(http);
        return HttpMethods.IsGet(http.Request.Method) ? Serve(http, _reads) : Receive(http);
    }

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

    private Task Serve(HttpContext http, Places places) => places.TryTake()
        ? ServeThenLeave(http, places)
        : new Problem(ProblemKinds.TryAgain).ExecuteAsync(http);

    private async Task ServeThenLeave(HttpContext http, Places places)
    {
        try
        {
            await next(http);
        }
        finally
        {
            places.Leave();
        }
    }

    private sealed class Places(int most)
    {
        private int _taken;

        public bool TryTake()
        {
            if (Interlocked.Increment(ref _taken) <= most) return true;
            Leave();
            return false;
        }

        public void Leave() => Interlocked.Decrement(ref _taken);
    }
}
