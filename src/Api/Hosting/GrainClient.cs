using Orleans.Configuration;
using Orleans.Messaging;

namespace CustomerGrains.Api.Hosting;

internal static class GrainClient
{
    private const string Section = "Orleans";

    /// <summary>Connects to the silos. HTTP is served from the first moment (503 until a gateway
    /// answers), so that liveness does not depend on the silos.</summary>
    public static void AddGrainClient(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<GrainClientOptions>()
            .BindConfiguration(Section)
            .ValidateDataAnnotations()
            .Validate(client => client.ParseGateways() is not null,
                "Orleans:Gateways must be address:port, separated by semicolons.")
            .ValidateOnStart();
        builder.Services.Configure<HostOptions>(host => host.ServicesStartConcurrently = true);

        var options = builder.Configuration.GetSection(Section).Get<GrainClientOptions>() ?? new();
        builder.UseOrleansClient(client => Configure(client, options));
        builder.Services.AddSingleton<SiloLosses>();
        builder.Services.AddSingleton<LiveGateways>();
        builder.Services.AddHostedService(sp => sp.GetRequiredService<LiveGateways>());
        // In the place of the fixed list that the client was given.
        builder.Services.AddSingleton<IGatewayListProvider>(
            sp => sp.GetRequiredService<LiveGateways>());
    }

    private static void Configure(IClientBuilder client, GrainClientOptions options)
    {
        client.UseStaticClustering(options.ParseGateways() ?? []);
        client.UseConnectionRetryFilter(async (_, stopping) =>
        {
            await Task.Delay(options.ConnectionRetryDelay, stopping);
            return true;
        });
        client.AddOutgoingGrainCallFilter<LostCalls>();
        client.AddGatewayCountChangedHandler(services =>
        {
            var losses = services.GetRequiredService<SiloLosses>();
            return (_, change) =>
            {
                if (change.NumberOfConnectedGateways < change.PreviousNumberOfConnectedGateways)
                    losses.Report();
            };
        });
        client.Configure<ClusterOptions>(cluster =>
        {
            cluster.ClusterId = options.ClusterId;
            cluster.ServiceId = options.ServiceId;
        });
        client.Configure<ClientMessagingOptions>(
            messaging => messaging.ResponseTimeout = options.ResponseTimeout);
        client.Configure<GatewayOptions>(
            gateway => gateway.GatewayListRefreshPeriod = options.GatewayRefreshPeriod);
    }
}
