using System.Diagnostics;

namespace CustomerGrains.Api.Hosting;

/// <summary>One span for each request, continued from the caller's <c>traceparent</c>. Costs a look
/// while nobody listens.</summary>
/// <remarks>Named and tagged by the route's pattern, never by path or query: those hold ids and,
/// among the development helpers, contacts.</remarks>
internal sealed class RequestTracing(RequestDelegate next)
{
    private const string Other = "_OTHER";

    private static readonly ActivitySource Source = new("CustomerGrains.Api");

    /// <summary>What a grain gets, so that its spans are children of this request's; null when
    /// the request is not recorded.</summary>
    public static string? ParentOfGrains =>
        Activity.Current is { Recorded: true } request ? request.Id : null;

    public Task InvokeAsync(HttpContext http) =>
        Source.HasListeners() ? Trace(http) : next(http);

    private async Task Trace(HttpContext http)
    {
        ActivityContext.TryParse(
            http.Request.Headers.TraceParent, traceState: null, isRemote: true, out var caller);
        using var span = Source.StartActivity("request", ActivityKind.Server, caller);
        await next(http);
        if (span is null) return;
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? Other;
        // A client may call its method as it likes.
        var method = route == Other ? Other : http.Request.Method;
        span.DisplayName = $"{method} {route}";
        span.SetTag("http.request.method", method)
            .SetTag("http.route", route)
            .SetTag("http.response.status_code", http.Response.StatusCode);
        if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            span.SetStatus(ActivityStatusCode.Error);
    }
}
