using System.Net;
using CustomerGrains.Silo.Cluster;

namespace CustomerGrains.Silo.Operations;

internal static class ListenerHosting
{
    /// <summary>HTTP for operators only, on loopback: customers are served by the front end.
    /// </summary>
    public static void ListenForOperators(this WebApplicationBuilder builder)
    {
        var silo =
            builder.Configuration.GetSection(SiloOptions.Section).Get<SiloOptions>() ?? new();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, silo.OpsPort);
        });
    }
}
