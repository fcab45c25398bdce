using System.Collections.Specialized;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CustomerGrains.Storage.Tests.Courier;

/// <summary>The other end of the text messages, on a port of this machine.</summary>
internal sealed class SmsGateway : IDisposable
{
    public const string Secret = "0123456789abcdef0123456789abcdef";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpListener _listener = new();

    public static SmsGateway Start(out Uri url)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        url = new Uri($"http://127.0.0.1:{port}/send/");
        var gateway = new SmsGateway();
        gateway._listener.Prefixes.Add(url.ToString());
        gateway._listener.Start();
        return gateway;
    }

    /// <summary>Takes one request and answers it.</summary>
    public async Task<(NameValueCollection Headers, string Body)> Answer(
        HttpStatusCode status, CancellationToken cancellation)
    {
        var context = await _listener.GetContextAsync().WaitAsync(Patience, cancellation);
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(cancellation);
        context.Response.StatusCode = (int)status;
        context.Response.Close();
        return (context.Request.Headers, body);
    }

    public void Dispose() => _listener.Close();
}
