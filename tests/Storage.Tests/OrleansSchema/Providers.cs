using System.Net;
using CustomerGrains.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using Orleans.Storage;

namespace CustomerGrains.Storage.Tests.OrleansSchema;

/// <summary>Orleans' own AdoNet providers, as a silo would build them, over a test's database. The
/// silo itself is never started.</summary>
internal sealed class Providers : IAsyncDisposable
{
    private const string Invariant = "Npgsql";
    private readonly TestDatabase _database;
    private readonly IHost _silo;

    private Providers(TestDatabase database, IHost silo) => (_database, _silo) = (database, silo);

    public TestDatabase Database => _database;

    public IMembershipTable Membership => _silo.Services.GetRequiredService<IMembershipTable>();

    public IReminderTable Reminders => _silo.Services.GetRequiredService<IReminderTable>();

    public IGrainStorage Storage => _silo.Services.GetRequiredKeyedService<IGrainStorage>("grains");

    public IGrainStorage DeletingStorage =>
        _silo.Services.GetRequiredKeyedService<IGrainStorage>("deleting");

    public static async Task<Providers> Create(PostgresFixture postgres)
    {
        var database = await postgres.CreateDatabase();
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = ("test", "test"))
            .ConfigureEndpoints(IPAddress.Loopback, siloPort: 1, gatewayPort: 2)
            .UseAdoNetClustering(o => (o.Invariant, o.DataSource) = (Invariant, database.AsService))
            .UseAdoNetReminderService(o =>
                o.Configure(r => (r.Invariant, r.DataSource) = (Invariant, database.AsService)))
            .AddAdoNetGrainStorage("grains", (AdoNetGrainStorageOptions o) =>
                (o.Invariant, o.DataSource) = (Invariant, database.AsService))
            .AddAdoNetGrainStorage("deleting", (AdoNetGrainStorageOptions o) =>
                (o.Invariant, o.DataSource, o.DeleteStateOnClear) = (Invariant, database.AsService, true)));
        var providers = new Providers(database, builder.Build());
        await providers.Start();
        return providers;
    }

    public async ValueTask DisposeAsync()
    {
        _silo.Dispose();
        await _database.DisposeAsync();
    }

    private async Task Start()
    {
        var lifecycle = new SiloLifecycleSubject(NullLogger<SiloLifecycleSubject>.Instance);
        ((ILifecycleParticipant<ISiloLifecycle>)Storage).Participate(lifecycle);
        ((ILifecycleParticipant<ISiloLifecycle>)DeletingStorage).Participate(lifecycle);
        await lifecycle.OnStart(CancellationToken.None);
        await Membership.InitializeMembershipTableAsync(true, CancellationToken.None);
        await Reminders.StartAsync(CancellationToken.None);
    }
}
