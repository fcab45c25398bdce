using System.ComponentModel.DataAnnotations;
using System.Net;

namespace CustomerGrains.Api.Hosting;

/// <summary>Which cluster the front end calls. Section <c>Orleans</c>.</summary>
internal sealed class GrainClientOptions
{
    [Required]
    public string ClusterId { get; set; } = "customer-grains";

    [Required]
    public string ServiceId { get; set; } = "customer-grains";

    /// <summary>Gateways of the silos, <c>address:port</c> separated by semicolons.</summary>
    [Required]
    public string Gateways { get; set; } = "127.0.0.1:30000";

    /// <summary>Longest wait for a grain's answer; then the outcome is unknown and the client is
    /// told to try again. Above the slowest healthy commit, below callers' patience.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Pause between attempts to reach the first gateway.</summary>
    public TimeSpan ConnectionRetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How often lost gateways are tried again.</summary>
    public TimeSpan GatewayRefreshPeriod { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The gateways as endpoints; null when the text is malformed or empty.</summary>
    public IPEndPoint[]? ParseGateways()
    {
        var parts = Gateways.Split(
            ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var endpoints = new IPEndPoint[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!IPEndPoint.TryParse(parts[i], out var endpoint) || endpoint.Port == 0) return null;
            endpoints[i] = endpoint;
        }

        return endpoints.Length == 0 ? null : endpoints;
    }
}
