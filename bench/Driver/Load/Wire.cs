using System.Net;
using System.Net.Sockets;

namespace CustomerGrains.Bench.Driver.Load;

/// <summary>One HTTP/1.1 connection that sends ready-made bytes, one request at a time.
/// <c>HttpClient</c> costs several times as much, on the processors of what is measured.</summary>
internal sealed class Wire(IPEndPoint to) : IDisposable
{
    // Longer than any answer that is asked for here.
    private const int AnswerBytesMax = 64 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly byte[] buffer = new byte[AnswerBytesMax];
    private CancellationTokenSource limit = new();
    private Socket? socket;

    /// <summary>Never throws for the network's sake; after a failure the next request connects
    /// anew.</summary>
    public async ValueTask<Answer> Send(ReadOnlyMemory<byte> request)
    {
        try
        {
            limit.CancelAfter(Patience);
            var open = socket ??= await Connect(limit.Token);
            await open.SendAsync(request, limit.Token);
            for (var filled = 0; ;)
            {
                var more = await open.ReceiveAsync(buffer.AsMemory(filled), limit.Token);
                if (more == 0) return Close();
                filled += more;
                if (!Answer.TryRead(buffer.AsMemory(0, filled), out var answer)) continue;
                if (!limit.TryReset()) limit = new();
                return answer;
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return Close();
        }
    }

    public void Dispose()
    {
        Close();
        limit.Dispose();
    }

    private async Task<Socket> Connect(CancellationToken cancellation)
    {
        var made = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
        };
        await made.ConnectAsync(to, cancellation);
        return made;
    }

    private Answer Close()
    {
        socket?.Dispose();
        socket = null;
        if (!limit.TryReset()) limit = new();
        return default;
    }
}
