using System.Collections.Concurrent;
using System.Net;
using System.Text;
using CustomerGrains.Launcher.Running;

namespace CustomerGrains.System.Tests.Tracing;

/// <summary>Takes traces by OTLP over HTTP (protobuf), on a port of this machine.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();
    private readonly ConcurrentQueue<string> _texts = new();
    private readonly Task _receiving;

    public OtlpReceiver()
    {
        Endpoint = new Uri($"http://127.0.0.1:{new LoopbackPorts().Take()}/v1/traces/");
        _listener.Prefixes.Add(Endpoint.ToString());
        _listener.Start();
        _receiving = Receive();
    }

    public Uri Endpoint { get; }

    public IReadOnlyList<ReceivedSpan> Spans => [.. _spans];

    /// <summary>All that came, as text: whatever stands in it in clear can be read here.</summary>
    public string Text => string.Join('\n', _texts);

    public IReadOnlyList<ReceivedSpan> OfTrace(string traceId) =>
        [.. _spans.Where(span => span.TraceId == traceId)];

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _receiving;
    }

    private async Task Receive()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                foreach (var span in ReceivedSpan.ReadAll(body.ToArray())) _spans.Enqueue(span);
                _texts.Enqueue(Encoding.Latin1.GetString(body.ToArray()));
                context.Response.Close(); // 200 with an empty message: all taken
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
