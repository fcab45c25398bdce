using Microsoft.AspNetCore.HttpOverrides;

namespace CustomerGrains.Api.RateLimits;

/// <summary>Whose word about the client's address is taken. Section <c>TrustedProxies</c>.
/// </summary>
internal sealed class TrustedProxyOptions
{
    /// <summary>Networks in CIDR form, separated by semicolons. Empty: X-Forwarded-For is
    /// ignored, because any client can send it.</summary>
    public string Networks { get; set; } = "";

    /// <summary>Proxies between client and this process.</summary>
    public int Hops { get; set; } = 1;

    public IEnumerable<System.Net.IPNetwork> ParseNetworks() => Networks
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(System.Net.IPNetwork.Parse);
}

internal static class TrustedProxies
{
    private const string Section = "TrustedProxies";

    public static void AddTrustedProxies(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(Section).Get<TrustedProxyOptions>() ?? new();
        builder.Services.AddSingleton(options);
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            forwarded.ForwardLimit = options.Hops;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in options.ParseNetworks()) forwarded.KnownIPNetworks.Add(network);
        });
    }

    public static void UseTrustedProxies(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<TrustedProxyOptions>();
        if (options.Networks.Length > 0) app.UseForwardedHeaders();
    }
}
