using CustomerGrains.Storage.Access;
using CustomerGrains.Storage.Audit;
using CustomerGrains.Storage.Batching;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Due;
using CustomerGrains.Storage.Feed;
using CustomerGrains.Storage.Geo;
using CustomerGrains.Storage.Imports;
using CustomerGrains.Storage.Orders;
using CustomerGrains.Storage.Policies;
using CustomerGrains.Storage.Privacy;
using CustomerGrains.Storage.Reviews;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Storage.Search;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerGrains.Storage;

/// <summary>Registers where customers are kept.</summary>
public static class CustomerStorageServices
{
    /// <param name="connectionString">As the role <c>service</c>.</param>
    /// <param name="keysDirectory">Holds <c>keyring.json</c>.</param>
    public static IServiceCollection AddCustomerStorage(
        this IServiceCollection services, string connectionString, string keysDirectory)
    {
        return services
            .AddSingleton<IRandom, CryptographicRandom>()
            .AddSingleton<FeedSignal>()
            .AddSingleton(_ => new CustomerDatabase(connectionString))
            .AddSingleton(sp => KeyRing.Open(keysDirectory, sp.GetRequiredService<TimeProvider>()))
            .AddSingleton(sp => new CustomerStore(
                sp.GetRequiredService<CustomerDatabase>(),
                sp.GetRequiredService<KeyRing>(),
                new BatcherOptions(),
                sp.GetRequiredService<FeedSignal>(),
                sp.GetRequiredService<TimeProvider>()))
            .AddSingleton<OrderStore>()
            .AddSingleton<PolicyStore>()
            .AddSingleton<HistoryStore>()
            .AddSingleton<AccessReader>()
            .AddSingleton<DueCustomers>()
            .AddSingleton<ReviewPass>()
            .AddSingleton<SegmentCounter>()
            .AddSingleton<CustomerSearch>()
            .AddSingleton<GeoSearch>()
            .AddSingleton<ImportStore>()
            .AddSingleton<ExportStore>()
            .AddSingleton<ExportSignal>()
            .AddHostedService<ExportWorker>()
            .AddSingleton(sp => new AccessLog(
                sp.GetRequiredService<CustomerDatabase>(), sp.GetRequiredService<TimeProvider>()))
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>, StorageLifecycle>();
    }
}
