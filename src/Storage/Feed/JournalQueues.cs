using CustomerGrains.GrainInterfaces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace CustomerGrains.Storage.Feed;

/// <summary>The journal as the queues of an Orleans stream provider: one queue per partition,
/// read-only, because what is published is what was committed.</summary>
internal sealed class JournalQueues(
    IServiceProvider services, ILoggerFactory logs) : IQueueAdapterFactory, IQueueAdapter
{
    /// <summary>Chunks an agent keeps; it reports and forgets them by tenths.</summary>
    private const int CachedChunks = 40;

    private readonly HashRingBasedStreamQueueMapper _mapper = new(
        new HashRingStreamQueueMapperOptions { TotalQueueCount = JournalStream.Partitions },
        JournalStream.Provider);

    public string Name => JournalStream.Provider;

    public bool IsRewindable => false;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadOnly;

    [Obsolete("Has a successor with a cancellation token.")]
    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(this);

    public Task<IQueueAdapter> CreateAdapter(CancellationToken cancellationToken) =>
        Task.FromResult<IQueueAdapter>(this);

    public IQueueAdapterCache GetQueueAdapterCache() => new SimpleQueueAdapterCache(
        new SimpleQueueCacheOptions { CacheSize = CachedChunks }, Name, logs);

    public IStreamQueueMapper GetStreamQueueMapper() => _mapper;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new KeepGoing());

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) =>
        ActivatorUtilities.CreateInstance<JournalReceiver>(
            services, (short)queueId.GetNumericId());

    public Task QueueMessageBatchAsync<T>(
        StreamId streamId,
        IEnumerable<T> events,
        StreamSequenceToken? token,
        Dictionary<string, object>? requestContext) =>
        throw new NotSupportedException("What happened is written by committing a command.");

    /// <summary>Deliveries are retried without end; what the agent gives up nevertheless is missing
    /// from its report, where it is noticed.</summary>
    private sealed class KeepGoing : IStreamFailureHandler
    {
        public bool ShouldFaultSubsriptionOnError => false;

        public Task OnDeliveryFailure(
            GuidId subscriptionId,
            string streamProviderName,
            StreamId streamIdentity,
            StreamSequenceToken? sequenceToken) => Task.CompletedTask;

        public Task OnSubscriptionFailure(
            GuidId subscriptionId,
            string streamProviderName,
            StreamId streamIdentity,
            StreamSequenceToken? sequenceToken) => Task.CompletedTask;
    }
}
