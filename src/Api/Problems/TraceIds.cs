using System.Diagnostics;

namespace CustomerGrains.Api.Problems;

internal static class TraceIds
{
    /// <summary>Hexadecimal digits of a W3C trace id.</summary>
    private const int Length = 32;

    /// <summary>What a client reports and an operator searches for, the same for the whole
    /// request: the trace's id where one is recorded or the client named one, else one of the
    /// request's own.</summary>
    public static string Of(HttpContext http)
    {
        if (http.TraceIdentifier.Length != Length) http.TraceIdentifier = New(http);
        return http.TraceIdentifier;
    }

    private static string New(HttpContext http)
    {
        if (Activity.Current is { } activity) return activity.TraceId.ToHexString();
        return http.Request.Headers.TraceParent is [{ } parent]
            && ActivityContext.TryParse(parent, null, out var context)
                ? context.TraceId.ToHexString()
                : ActivityTraceId.CreateRandom().ToHexString();
    }
}
