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
internal sealed class MetricsGrain(MetricsStore metrics, FaultPoints faults)
    : Grain, IMetricsGrain, IStreamSubscriptionObserver, IAsyncObserver<JournalChunk>
{
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<JournalChunk>().ResumeAsync(this);

    public Task OnNextAsync(JournalChunk item, StreamSequenceToken? token = null)
    {
        faults.Pass(FaultPoints.MetricsChunk);
        return metrics.Apply(item);
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}
