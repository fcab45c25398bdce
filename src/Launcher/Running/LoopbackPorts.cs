using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace CustomerGrains.Launcher.Running;

/// <summary>Free TCP ports on 127.0.0.1.</summary>
/// <remarks>
/// Below the range that systems give to outgoing connections, so that a port stays free while
/// the process that owns it is started again.
/// </remarks>
public sealed class LoopbackPorts
{
    private const int Lowest = 20_000;
    private const int Count = 12_000; // up to 31,999; Linux gives out 32,768 and up

    // Services started at the same moment must not reach for the same port.
    private int _next = RandomNumberGenerator.GetInt32(Count);

    /// <summary>A port nobody listens on, and that was not handed out before.</summary>
    /// <exception cref="LauncherException">All are taken.</exception>
    public int Take()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = Lowest + _next;
            _next = (_next + 1) % Count;
            if (IsFree(port)) return port;
        }

        throw new LauncherException("No free TCP port left on 127.0.0.1.");
    }

    /// <summary>Whether nobody listens there.</summary>
    public static bool IsFree(int port)
    {
        using var socket = new Socket(
            AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
