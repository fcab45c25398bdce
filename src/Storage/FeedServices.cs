using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Audit;
using CustomerGrains.Storage.Feed;
using CustomerGrains.Storage.Metrics;
using CustomerGrains.Storage.Tracing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Runtime.Providers;
using Orleans.Streams;

namespace CustomerGrains.Storage;

/// <summary>Registers the journal's feed and what is stored by those who hear it.</summary>
public static class FeedServices
{
    /// <param name="connectionString">As the role <c>service</c>.</param>
    public static IServiceCollection AddFeedStorage(
        this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton<FeedSignal>();
        services.TryAddSingleton<FeedOptions>();
        return services
            .AddSingleton(_ => new FeedDatabase(connectionString))
            .AddSingleton<FeedWatch>()
            .AddHostedService(provider => provider.GetRequiredService<FeedWatch>())
            .AddHostedService<FeedLag>()
            .AddHostedService<DeadLetterCount>()
            .AddSingleton<SealStore>()
            .AddSingleton<TraceStore>()
            .AddSingleton<MetricsStore>()
            .AddSingleton<CounterReader>();
    }

    /// <summary>Publishes the journal as the stream provider <c>journal</c>.</summary>
    public static ISiloBuilder AddJournalStreams(this ISiloBuilder silo) =>
        silo.AddPersistentStreams(
            JournalStream.Provider,
            (services, _) => ActivatorUtilities.CreateInstance<JournalQueues>(services),
            streams =>
            {
                // Subscribers are known from the code: no stored subscriptions, no rendezvous.
                streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
                streams.UseConsistentRingQueueBalancer();
                streams.ConfigurePullingAgent(agent => agent.Configure(Configure));
                streams.ConfigureBackoffProvider(
                    (Func<IServiceProvider, string, IMessageDeliveryBackoffProvider>)
                    ((_, _) => new FeedBackoff()));
                streams.ConfigureBackoffProvider(
                    (Func<IServiceProvider, string, IQueueReaderBackoffProvider>)
                    ((_, _) => new FeedBackoff()));
            });

    private static void Configure(StreamPullingAgentOptions agent)
    {
        agent.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(20);
        // A chunk is one write of a subscriber already.
        agent.BatchContainerBatchSize = 1;
        // Never skip: a subscriber that cannot take a row puts it aside by itself.
        agent.MaxEventDeliveryTime = Timeout.InfiniteTimeSpan;
    }
}
