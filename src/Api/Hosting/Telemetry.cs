using OpenTelemetry.Metrics;

namespace CustomerGrains.Api.Hosting;

internal static class Telemetry
{
    /// <summary>Request, runtime and grain client metrics, scraped on the operations port. Request
    /// metrics are labelled by route pattern, never by path.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder) =>
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
            .AddRuntimeInstrumentation()
            .AddMeter("Microsoft.Orleans")
            .AddPrometheusExporter());
}
