using System.Net;

namespace CustomerGrains.Storage.Courier.Senders;

internal static class Loopback
{
    public static bool Is(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));
}
