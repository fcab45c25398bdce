using System.Web;

namespace CustomerGrains.Tests.Support;

/// <summary>Notes what is personal or secret in every request and answer, so that no test has to
/// think of it.</summary>
internal sealed class CanaryHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Shorter ones are no tokens, and may stand in a log for other reasons.
        if (request.Headers.Authorization?.Parameter is { Length: > 16 } token)
            Canaries.All.Note(token);
        if (request.RequestUri is { AbsolutePath: "/dev/messages" } uri
            && HttpUtility.ParseQueryString(uri.Query)["to"] is { Length: > 8 } contact)
            Canaries.All.Note(contact);
        await Note(request.Content, cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        await Note(response.Content, cancellationToken);
        return response;
    }

    private static async Task Note(HttpContent? content, CancellationToken cancellation)
    {
        if (content?.Headers.ContentType?.MediaType?.EndsWith(
                "json", StringComparison.OrdinalIgnoreCase) is not true)
            return;
        await content.LoadIntoBufferAsync(cancellation);
        Canaries.All.NoteAllIn(await content.ReadAsByteArrayAsync(cancellation));
    }
}
