using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace CustomerGrains.Api.RateLimits;

internal static class TrustedProxies
{
    public static void AddTrustedProxies(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<TrustedProxyOptions>()
            .BindConfiguration("TrustedProxies")
            .ValidateDataAnnotations()
            .Validate(proxies => proxies.ParseNetworks() is not null,
                "TrustedProxies:Networks must be CIDR networks, separated by semicolons.")
            .ValidateOnStart();
        builder.Services.AddOptions<ForwardedHeadersOptions>()
            .Configure<IOptions<TrustedProxyOptions>>(Configure);
    }

    public static void UseTrustedProxies(this WebApplication app)
    {
        var proxies = app.Services.GetRequiredService<IOptions<TrustedProxyOptions>>();
        if (proxies.Value.Networks.Length > 0) app.UseForwardedHeaders();
    }

    private static void Configure(
        ForwardedHeadersOptions forwarded, IOptions<TrustedProxyOptions> proxies)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
        forwarded.ForwardLimit = proxies.Value.Hops;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in proxies.Value.ParseNetworks() ?? [])
            forwarded.KnownIPNetworks.Add(network);
    }
}
