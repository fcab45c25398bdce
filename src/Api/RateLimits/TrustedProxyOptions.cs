using System.ComponentModel.DataAnnotations;
using System.Net;

namespace CustomerGrains.Api.RateLimits;

/// <summary>Whose word about the client's address is taken. Section <c>TrustedProxies</c>.
/// </summary>
internal sealed class TrustedProxyOptions
{
    /// <summary>Networks in CIDR form, separated by semicolons. Empty: X-Forwarded-For is
    /// ignored, because any client can send it.</summary>
    public string Networks { get; set; } = "";

    /// <summary>Proxies between client and this process.</summary>
    [Range(1, 10)]
    public int Hops { get; set; } = 1;

    /// <returns>Null when one is malformed.</returns>
    public IReadOnlyList<IPNetwork>? ParseNetworks()
    {
        var networks = new List<IPNetwork>();
        foreach (var text in Networks.Split(
            ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!IPNetwork.TryParse(text, out var network)) return null;
            networks.Add(network);
        }

        return networks;
    }
}
