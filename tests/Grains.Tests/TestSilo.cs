using CustomerGrains.Storage;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans.Core.Internal;
using Orleans.TestingHost;

namespace CustomerGrains.Grains.Tests;

/// <summary>One silo in this process over a database of its own, with a clock that stands still.
/// </summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;
    private readonly string _keysDirectory;

    private TestSilo(
        InProcessTestCluster cluster, TestDatabase database, string keysDirectory, FakeTimeProvider time)
    {
        (_cluster, Database, _keysDirectory, Time) = (cluster, database, keysDirectory, time);
    }

    public FakeTimeProvider Time { get; }

    public TestDatabase Database { get; }

    public IGrainFactory Grains => _cluster.Client;

    /// <summary>One of the silo's own services.</summary>
    public T Service<T>() where T : notnull =>
        _cluster.Silos[0].ServiceProvider.GetRequiredService<T>();

    public static async Task<TestSilo> Start(
        PostgresFixture postgres,
        string environment = "Development",
        Action<ISiloBuilder>? configure = null)
    {
        var database = await postgres.CreateDatabase();
        var keys = Directory.CreateTempSubdirectory("cg-keys-").FullName;
        KeyRing.CreateIfMissing(keys);
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSiloHost((_, host) =>
        {
            host.Environment.EnvironmentName = environment;
            host.Logging.ClearProviders();
            AddServices(host.Services, database, keys, time, environment);
        });
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage("grains").UseInMemoryReminderService();
            configure?.Invoke(silo);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new TestSilo(cluster, database, keys, time);
    }

    /// <summary>Ends a customer's activation: the next call starts from the database.</summary>
    public async Task Forget(Guid customer)
    {
        var management = Grains.GetGrain<IManagementGrain>(0);
        var grain = Grains.GetGrain<GrainInterfaces.ICustomerGrain>(customer);
        await grain.Cast<IGrainManagementExtension>().DeactivateOnIdle();
        await Eventually.Holds(
            "the activation ends",
            async () => await management.GetActivationAddress(grain) is null,
            CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(_keysDirectory, recursive: true);
    }

    internal static void AddServices(
        IServiceCollection services,
        TestDatabase database,
        string keys,
        TimeProvider time,
        string environment)
    {
        var nothing = new ConfigurationBuilder().Build();
        services.Replace(ServiceDescriptor.Singleton(time));
        services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        services.AddSingleton(_ => Npgsql.NpgsqlDataSource.Create(database.Service));
        services.AddCustomerStorage(database.Service, keys);
        services.AddBranchStorage(database.Branch);
        services.AddCustomerGrains(nothing);
        services.AddSignInStorage();
        services.AddSignInGrains(nothing, keys);
        if (environment == Environments.Development) services.AddMailbox();
    }
}
