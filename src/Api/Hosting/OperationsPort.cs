using Microsoft.Extensions.Options;

namespace CustomerGrains.Api.Hosting;

internal static class OperationsPort
{
    /// <summary>Keeps the two ports apart by the local port of the connection, which, unlike the
    /// Host header, a client cannot choose.</summary>
    public static void UseOperationsPort(this WebApplication app)
    {
        var port = app.Services.GetRequiredService<IOptions<ApiOptions>>().Value.OpsPort;
        app.MapWhen(http => http.Connection.LocalPort == port, operations =>
        {
            operations.UseOpenTelemetryPrometheusScrapingEndpoint("/metrics");
            operations.Run(http =>
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            });
        });
    }
}
