using CustomerGrains.Api.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace CustomerGrains.Api.Hosting;

/// <summary>Refuses requests with a long target or many headers, with a problem. The server's own
/// limits lie higher: what it refuses never gets here.</summary>
internal sealed class RequestSize(RequestDelegate next)
{
    /// <summary>Characters of path and query; the longest sensible request has some 600.</summary>
    public const int TargetLengthMax = 8 * 1024;

    /// <summary>Browsers behind two proxies send about 30.</summary>
    public const int HeadersMax = 64;

    public Task InvokeAsync(HttpContext http)
    {
        var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        if (target.Length > TargetLengthMax) return Refuse(ProblemKinds.TargetTooLong, http);
        return http.Request.Headers.Count > HeadersMax
            ? Refuse(ProblemKinds.TooManyHeaders, http)
            : next(http);
    }

    private static Task Refuse(ProblemKind kind, HttpContext http) =>
        new Problem(kind).ExecuteAsync(http);
}
