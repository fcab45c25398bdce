using Orleans.Configuration;

namespace CustomerGrains.Silo.Cluster;

/// <summary>Settings for two to four silos on one fast network. The defaults of Orleans suit large
/// clusters and take up to a minute to declare a hung silo dead.</summary>
internal static class ClusterTuning
{
    // A killed silo closes its sockets and is voted out after about three missed probes; a hung
    // one keeps them open and takes MaxProbeTimeout times NumMissedProbesLimit longer.
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MinProbeTimeout = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MaxProbeTimeout = TimeSpan.FromSeconds(2);
    private const int NumMissedProbesLimit = 3;

    // Gossip carries changes at once; the table is the fallback.
    private static readonly TimeSpan TableRefresh = TimeSpan.FromSeconds(10);

    /// <summary>Within it a front end has an answer or knows that the outcome is unknown and
    /// repeats under the same command id.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long a silo keeps answers for a front end that lost its connection, before it
    /// sends them through another silo; it looks as often. Longer than a new connection takes, and
    /// short enough that a call that is repeated gets its answer: the minute that is usual left a
    /// front end without answers of one silo for up to two.</summary>
    private static readonly TimeSpan ClientDropTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Requests that may wait for one activation. One customer's commands run one at a
    /// time, about 5 ms each under load: 500 is some 2.5 s of waiting, well inside the response
    /// time-out. More are refused at once instead of timing out later.</summary>
    private const int EnqueuedRequestsPerActivationMax = 500;

    /// <summary>Stateless workers share a queue per silo.</summary>
    private const int EnqueuedRequestsPerWorkerMax = 5_000;

    /// <summary>How long an idle customer stays in memory: longer than a typical pause between two
    /// looks at the app, short enough that a day's visitors need not fit.</summary>
    private static readonly TimeSpan CollectionAge = TimeSpan.FromMinutes(15);

    public static ISiloBuilder TuneForSmallCluster(this ISiloBuilder orleans) => orleans
        .Configure<ClusterMembershipOptions>(o =>
        {
            o.ProbeTimeout = ProbeTimeout;
            o.MinProbeTimeout = MinProbeTimeout;
            o.MaxProbeTimeout = MaxProbeTimeout;
            o.NumMissedProbesLimit = NumMissedProbesLimit;
            o.TableRefreshTimeout = TableRefresh;
            o.IAmAliveTablePublishTimeout = TableRefresh;
        });

    public static ISiloBuilder LimitGrains(this ISiloBuilder orleans) => orleans
        .Configure<SiloMessagingOptions>(o =>
        {
            o.ResponseTimeout = ResponseTimeout;
            o.ClientDropTimeout = ClientDropTimeout;
            o.MaxEnqueuedRequestsHardLimit = EnqueuedRequestsPerActivationMax;
            o.MaxEnqueuedRequestsHardLimit_StatelessWorker = EnqueuedRequestsPerWorkerMax;
        })
        .Configure<GrainCollectionOptions>(o =>
        {
            o.CollectionAge = CollectionAge;
            o.EnableActivationSheddingOnMemoryPressure = true;
        });
}
