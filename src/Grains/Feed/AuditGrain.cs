using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Orders;
using CustomerGrains.Storage.Audit;
using CustomerGrains.Storage.Faults;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace CustomerGrains.Grains.Feed;

/// <summary>Seals its partition's journal as it hears of it. How far it came lies with the
/// seals.</summary>
[ImplicitStreamSubscription(JournalStream.Namespace), PreferLocalPlacement, GrainType("audit")]
internal sealed partial class AuditGrain(
    SealStore seals,
    OrderDesk desk,
    JournalTracing tracing,
    ILogger<AuditGrain> log)
    : Grain, IAuditGrain, IStreamSubscriptionObserver, IAsyncObserver<JournalChunk>
{
    private readonly SequenceWatch _sequences = new();

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<JournalChunk>().ResumeAsync(this);

    public async Task OnNextAsync(JournalChunk item, StreamSequenceToken? token = null)
    {
        FaultPoints.Pass(FaultPoints.AuditChunk);
        var arrived = tracing.Now;
        var gaps = await seals.Seal(item.Partition, item.Last, _sequences.Predecessors(item));
        FaultPoints.Pass(FaultPoints.AuditSealed);
        if (gaps > 0) RowsMissing(item.Partition, gaps);
        await tracing.Sealed(item, arrived);
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;

    public Task<SealCheck> Verify(long seal) => desk.Ask(() =>
        seals.Verify(JournalStream.PartitionOf(this.GetPrimaryKeyString()), seal));

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The journal is damaged: partition {Partition} lacks {Rows} rows.")]
    private partial void RowsMissing(short partition, int rows);
}
