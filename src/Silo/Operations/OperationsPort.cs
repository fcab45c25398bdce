using CustomerGrains.Silo.Cluster;

namespace CustomerGrains.Silo.Operations;

internal static class OperationsPort
{
    /// <summary>What UseRouting looks for to share the routes of the whole application.</summary>
    private const string SharedRoutes = "__GlobalEndpointRouteBuilder";

    /// <summary>Health, metrics and dashboard, on their own port alone: told apart by the local
    /// port of the connection, which, unlike the Host header, a client cannot choose.</summary>
    public static void UseOperationsPort(this WebApplication app)
    {
        var port = app.Configuration.GetSection(SiloOptions.Section).Get<SiloOptions>()?.OpsPort
            ?? new SiloOptions().OpsPort;
        app.MapWhen(http => http.Connection.LocalPort == port, Serve);
    }

    private static void Serve(IApplicationBuilder operations)
    {
        // Routes of its own: else the public ones would be here and these in public.
        operations.Properties.Remove(SharedRoutes);
        operations.UseRouting();
        operations.UseAuthorization();
        operations.UseEndpoints(pages =>
        {
            pages.MapHealth();
            pages.MapMetrics();
            pages.MapDashboard();
        });
    }
}
