using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace CustomerGrains.Silo.Operations;

internal static class HealthHosting
{
    private const string Ready = "ready";

    public static void AddReadiness(this WebApplicationBuilder builder) =>
        builder.Services.AddHealthChecks()
            .AddCheck<SiloCheck>("silo", tags: [Ready])
            .AddCheck<DatabaseCheck>("database", tags: [Ready]);

    /// <summary>Live: the process answers. Ready: it may be given work. Bodies are one word.
    /// </summary>
    public static void MapHealth(this IEndpointRouteBuilder pages)
    {
        pages.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        pages.MapHealthChecks(
            "/health/ready",
            new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) });
    }
}
