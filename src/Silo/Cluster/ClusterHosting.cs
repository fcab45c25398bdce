using System.Net;
using CustomerGrains.Silo.Database;
using CustomerGrains.Silo.Operations;
using CustomerGrains.Storage;
using Npgsql;
using Orleans.Configuration;
using Orleans.Storage;

namespace CustomerGrains.Silo.Cluster;

internal static class ClusterHosting
{
    /// <summary>Name of the grain storage for small grains; customers have a store of their own.
    /// </summary>
    public const string GrainStorage = "grains";

    private const string Invariant = "Npgsql";

    public static void AddSiloToCluster(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        builder.Services.AddOptions<SiloOptions>()
            .Bind(configuration.GetSection(SiloOptions.Section))
            .ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<ClusterIdentity>()
            .Bind(configuration.GetSection(ClusterIdentity.Section))
            .ValidateDataAnnotations().ValidateOnStart();

        var silo = configuration.GetSection(SiloOptions.Section).Get<SiloOptions>() ?? new();
        var cluster =
            configuration.GetSection(ClusterIdentity.Section).Get<ClusterIdentity>() ?? new();
        builder.UseOrleans(orleans => orleans
            .Configure<ClusterOptions>(o =>
                (o.ClusterId, o.ServiceId) = (cluster.ClusterId, cluster.ServiceId))
            .Configure<Orleans.Configuration.SiloOptions>(o => o.SiloName = silo.Name)
            .ConfigureEndpoints(IPAddress.Loopback, silo.Port, silo.GatewayPort)
            .Configure<EndpointOptions>(o => o.SiloListeningEndpoint =
                new IPEndPoint(IPAddress.Loopback, silo.ListenPort ?? silo.Port))
            .TuneForSmallCluster()
            .LimitGrains()
            .StoreInPostgres()
            .AddJournalStreams()
            .AddOperatorDashboard(configuration));
    }

    private static ISiloBuilder StoreInPostgres(this ISiloBuilder orleans) => orleans
        .UseAdoNetClustering(options => options.Configure<IServiceProvider>((o, services) =>
            (o.Invariant, o.DataSource) = (Invariant, ClusterDatabase(services))))
        .UseAdoNetReminderService(options => options.Configure<IServiceProvider>((o, services) =>
            (o.Invariant, o.DataSource) = (Invariant, ClusterDatabase(services))))
        .AddAdoNetGrainStorage(GrainStorage, options =>
            options.Configure<IServiceProvider>(StoreGrains));

    private static void StoreGrains(AdoNetGrainStorageOptions options, IServiceProvider services)
    {
        options.Invariant = Invariant;
        options.DataSource = services.GetRequiredService<NpgsqlDataSource>();
        options.GrainStorageSerializer =
            ActivatorUtilities.CreateInstance<SystemTextJsonGrainStorageSerializer>(services);
    }

    private static NpgsqlDataSource ClusterDatabase(IServiceProvider services) =>
        services.GetRequiredKeyedService<NpgsqlDataSource>(DatabaseHosting.ClusterKey);
}
