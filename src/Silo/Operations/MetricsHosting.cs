using OpenTelemetry.Metrics;

namespace CustomerGrains.Silo.Operations;

internal static class MetricsHosting
{
    public static void AddMetrics(this WebApplicationBuilder builder) =>
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter("Microsoft.Orleans", "Npgsql", "CustomerGrains.*")
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
            .AddRuntimeInstrumentation()
            .AddPrometheusExporter());

    public static void MapMetrics(this IEndpointRouteBuilder pages) =>
        pages.MapPrometheusScrapingEndpoint("/metrics");
}
