namespace CustomerGrains.Api.Problems;

/// <summary>The edge: whatever leaves the pipeline as an exception or as an empty error answer
/// becomes a problem.</summary>
internal sealed partial class ProblemMiddleware(
    RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            if (IsUnanswered(http.Response))
                await new Problem(ProblemKinds.ForStatus(http.Response.StatusCode))
                    .ExecuteAsync(http);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client is gone: nobody to answer and nothing to report.
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            await Answer(exception, http);
        }
    }

    private static bool IsUnanswered(HttpResponse response) =>
        response.StatusCode >= StatusCodes.Status400BadRequest
        && !response.HasStarted
        && response.ContentLength is null
        && response.ContentType is null;

    private Task Answer(Exception exception, HttpContext http)
    {
        http.Response.Clear();
        return new Problem(KindOf(exception, http)).ExecuteAsync(http);
    }

    private ProblemKind KindOf(Exception exception, HttpContext http)
    {
        if (exception is BadHttpRequestException bad) return ProblemKinds.ForStatus(bad.StatusCode);
        if (Failures.MayPass(exception)) return ProblemKinds.TryAgain;

        // Not the message: it may repeat what somebody typed.
        Unexpected(logger, TraceIds.Of(http), exception.GetType().FullName, exception.StackTrace);
        return ProblemKinds.Internal;
    }

    [LoggerMessage(1, LogLevel.Error, "Unexpected {Kind} in trace {TraceId}: {StackTrace}")]
    private static partial void Unexpected(
        ILogger logger, string traceId, string? kind, string? stackTrace);
}
