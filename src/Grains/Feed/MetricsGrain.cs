using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Faults;
using CustomerGrains.Storage.Metrics;
using Orleans.Placement;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace CustomerGrains.Grains.Feed;

/// <summary>Counts what happens in its partition. Holds nothing: how far it came lies with the
/// counters.</summary>
[ImplicitStreamSubscription(JournalStream.Namespace), PreferLocalPlacement, GrainType("metrics")]
internal sealed class MetricsGrain(MetricsStore metrics)
    : Grain, IMetricsGrain, IStreamSubscriptionObserver, IAsyncObserver<JournalChunk>
{
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<JournalChunk>().ResumeAsync(this);

    public async Task OnNextAsync(JournalChunk item, StreamSequenceToken? token = null)
    {
        FaultPoints.Pass(FaultPoints.MetricsChunk);
        await metrics.Apply(item);
        FaultPoints.Pass(FaultPoints.MetricsCounted);
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}
