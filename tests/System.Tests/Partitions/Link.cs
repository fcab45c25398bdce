using System.Net;
using System.Net.Sockets;

namespace CustomerGrains.System.Tests.Partitions;

/// <summary>The way from one process to another, which a test can cut, each direction by itself:
/// what is on its way waits, as packets that are sent again and again; so do new connections.
/// </summary>
internal sealed class Link : IAsyncDisposable
{
    private readonly Socket _listener = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly EndPoint _to;
    private readonly Task _accepting;

    /// <param name="port">On 127.0.0.1; 0: any that is free.</param>
    public Link(EndPoint to, int port = 0)
    {
        _to = to;
        _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = Accept();
    }

    public int Port { get; }

    public Valve There { get; } = new();

    public Valve Back { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true) _ = Carry(await _listener.AcceptAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException
            or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task Carry(Socket from)
    {
        var isUnix = _to is UnixDomainSocketEndPoint;
        using var near = from;
        using var far = new Socket(
            isUnix ? AddressFamily.Unix : AddressFamily.InterNetwork, SocketType.Stream,
            isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            if (!isUnix) (near.NoDelay, far.NoDelay) = (true, true);
            await There.Opens(_stop.Token);
            await far.ConnectAsync(_to, _stop.Token);
            // When one side closes, so does the other.
            await Task.WhenAny(Pump(near, far, There), Pump(far, near, Back));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The connection is closed.
        }
    }

    private async Task Pump(Socket from, Socket to, Valve valve)
    {
        var bytes = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(bytes, _stop.Token) is var count and > 0)
            {
                await valve.Opens(_stop.Token);
                for (var sent = 0; sent < count;)
                    sent += await to.SendAsync(bytes.AsMemory(sent, count - sent), _stop.Token);
            }

            await valve.Opens(_stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException
            or ObjectDisposedException)
        {
            // One side is gone.
        }
    }
}

/// <summary>Open or shut.</summary>
internal sealed class Valve
{
    private volatile TaskCompletionSource? _shut;

    public void Shut() =>
        _shut ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open()
    {
        var shut = _shut;
        _shut = null;
        shut?.SetResult();
    }

    public async Task Opens(CancellationToken stop)
    {
        while (_shut is { } shut) await shut.Task.WaitAsync(stop);
    }
}
