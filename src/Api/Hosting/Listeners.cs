using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace CustomerGrains.Api.Hosting;

internal static class Listeners
{
    /// <summary>Most bytes of all request headers; tokens and keys stay far below. Beyond it
    /// the server answers 431 without a body, whatever we want. See docs/adr/0022.</summary>
    private const int HeaderBytesMax = 16 * 1024;

    /// <summary>Twice what <see cref="RequestSize"/> lets through, so that it is mostly the one to
    /// answer. Beyond these the server does, without a body.</summary>
    private const int HeadersMax = 2 * RequestSize.HeadersMax;

    /// <inheritdoc cref="HeadersMax"/>
    private const int RequestLineBytesMax = 2 * RequestSize.TargetLengthMax;

    /// <summary>Time a client has to send its headers, against connections held open.</summary>
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);

    public static void AddListeners(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ApiOptions>()
            .BindConfiguration("Api")
            .ValidateDataAnnotations()
            .Validate(api => api.Port != api.OpsPort, "Api:Port and Api:OpsPort must differ.")
            .Validate(api => IPAddress.TryParse(api.Address, out _), "Api:Address is no address.")
            .ValidateOnStart();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.WebHost.ConfigureKestrel(Configure);
    }

    private static void Configure(KestrelServerOptions kestrel)
    {
        var api = kestrel.ApplicationServices.GetRequiredService<IOptions<ApiOptions>>().Value;
        kestrel.Listen(IPAddress.Parse(api.Address), api.Port);
        kestrel.Listen(IPAddress.Loopback, api.OpsPort);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = api.BodyBytesMax;
        kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytesMax;
        kestrel.Limits.MaxRequestLineSize = RequestLineBytesMax;
        kestrel.Limits.MaxRequestHeaderCount = HeadersMax;
        kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
    }
}
