using System.Buffers;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Replies;

/// <summary>A grain's answer that also depends on the time, on a policy or on who asks: without
/// version, kept by no cache.</summary>
internal sealed class FreshReply(Reply reply, int status) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (reply.Replayed) httpContext.Response.Headers["Idempotent-Replayed"] = "true";
        Write(httpContext.Response, status, reply.Body);
        return Task.CompletedTask;
    }

    /// <summary>Buffered, not flushed: the server sends head and body together when the request
    /// ends.</summary>
    public static void Write(HttpResponse response, int status, byte[] body)
    {
        response.Headers.CacheControl = "no-store";
        response.StatusCode = status;
        if (status == StatusCodes.Status204NoContent) return;
        response.ContentType = ContentTypes.Json;
        response.ContentLength = body.Length;
        response.BodyWriter.Write(body);
    }
}
