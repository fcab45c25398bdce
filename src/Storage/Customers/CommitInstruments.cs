using System.Diagnostics.Metrics;

namespace CustomerGrains.Storage.Customers;

/// <summary>What the engineer on call wants to see of the group commit.</summary>
internal static class CommitInstruments
{
    private static readonly Meter Meter = new("CustomerGrains.Commit");

    public static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>(
        "customer_commit_batch_size", "{commit}", "Commits that shared a transaction.");

    public static readonly Histogram<double> Wait = Meter.CreateHistogram<double>(
        "customer_commit_duration", "s", "From the request to commit to its answer.");

    public static readonly Counter<long> Conflicts = Meter.CreateCounter<long>(
        "customer_commit_conflicts", "{commit}", "Stale, or a contact or an order id was taken.");

    public static readonly Counter<long> Splits = Meter.CreateCounter<long>(
        "customer_commit_splits", "{batch}", "Batches split because of a data error.");

    public static readonly Counter<long> Deadlocks = Meter.CreateCounter<long>(
        "customer_commit_deadlocks", "{batch}", "Batches sent again after a deadlock.");

    public static readonly Counter<long> Unknown = Meter.CreateCounter<long>(
        "customer_commit_unknown", "{commit}", "Answers lost; resolved by looking.");

    public static void ObserveQueue(Func<int> length) => Meter.CreateObservableGauge(
        "customer_commit_queue", length, "{commit}", "Commits waiting for a writer.");
}
