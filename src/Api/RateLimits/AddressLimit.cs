using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace CustomerGrains.Api.RateLimits;

/// <summary>A fixed window of one minute per client address.</summary>
internal static class AddressLimit
{
    /// <summary>Bytes of an IPv6 address that name one customer's network (/64).</summary>
    private const int NetworkBytes = 8;

    public static RateLimitPartition<string> PartitionOf(HttpContext http, int perMinute) =>
        RateLimitPartition.GetFixedWindowLimiter(
            NetworkOf(http.Connection.RemoteIpAddress),
            _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = perMinute,
                Window = TimeSpan.FromMinutes(1),
                QueueLimit = 0,
            });

    /// <summary>An IPv6 client has a whole network of addresses to choose from.</summary>
    private static string NetworkOf(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        return address.AddressFamily is AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes))
            : address.ToString();
    }
}
