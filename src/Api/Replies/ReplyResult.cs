using System.Buffers;
using System.Globalization;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Replies;

/// <summary>A grain's answer, copied to the client as the grain rendered it.</summary>
internal sealed class ReplyResult(Reply reply, int status) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var headers = response.Headers;
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{reply.Version}\"");
        headers.ETag = tag;
        headers.CacheControl = "private, no-cache";
        if (reply.Replayed) headers["Idempotent-Replayed"] = "true";
        if (IsFresh(httpContext.Request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.StatusCode = status;
        if (status == StatusCodes.Status204NoContent) return Task.CompletedTask;
        response.ContentType = ContentTypes.Json;
        response.ContentLength = reply.Body.Length;
        // Buffered, not flushed: the server sends head and body together when the request ends.
        response.BodyWriter.Write(reply.Body);
        return Task.CompletedTask;
    }

    /// <summary>True when a reader named the version it has.</summary>
    private static bool IsFresh(HttpRequest request, string tag)
    {
        var seen = request.Headers.IfNoneMatch;
        if (seen.Count == 0 || !HttpMethods.IsGet(request.Method)) return false;
        foreach (var value in seen)
        {
            foreach (var part in (value ?? "").Split(','))
            {
                // A weak tag is good enough for reading (RFC 9110, 13.1.2).
                var known = part.Trim();
                if (known == "*" || known == tag || known == "W/" + tag) return true;
            }
        }

        return false;
    }
}
