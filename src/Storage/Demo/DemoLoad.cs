using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Batching;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Feed;
using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Storage.Demo;

/// <summary>Puts demo customers into the store, by the same way as everything else, many at a
/// time.</summary>
/// <remarks>Repeatable: who is there already is passed over.</remarks>
public sealed class DemoLoad(string connectionString, string keysDirectory, TimeProvider time)
{
    /// <summary>Imports under way at once: enough to keep full batches waiting.</summary>
    private const int Concurrency = 1024;

    private int _next;
    private int _done;
    private int _created;

    /// <summary>How many are done so far.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>Loads customers 0 to <paramref name="count"/> - 1.</summary>
    /// <returns>How many were new.</returns>
    public async Task<int> Load(int count, CancellationToken stop)
    {
        await using var database = new CustomerDatabase(connectionString);
        var keys = KeyRing.Open(keysDirectory, time);
        await using var store = new CustomerStore(
            database, keys, new BatcherOptions(), new FeedSignal(), time);
        await Task.WhenAll(Enumerable.Range(0, Math.Min(Concurrency, count))
            .Select(_ => LoadMore(store, count, stop))).ConfigureAwait(false);
        return _created;
    }

    private async Task LoadMore(CustomerStore store, int count, CancellationToken stop)
    {
        while (Interlocked.Increment(ref _next) - 1 is var number && number < count)
        {
            stop.ThrowIfCancellationRequested();
            // The first step would otherwise run every import's sealing on the caller's thread.
            await Task.Yield();
            if (await Create(store, number).ConfigureAwait(false) == CommitResult.Committed)
                Interlocked.Increment(ref _created);
            Interlocked.Increment(ref _done);
        }
    }

    private Task<CommitResult> Create(CustomerStore store, int number)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var before = Customer.Unborn(DemoPeople.IdOf(number));
        var events = before.Decide(DemoPeople.Import(number), now).Events;
        return store.Commit(new CustomerCommit
        {
            Before = before,
            After = before.After(events, now),
            Events = events,
            CommandId = Guid.CreateVersion7(now),
            ActorId = Guid.Empty,
            ActorRole = 0,
            At = now,
            Key = DataKey.Create(before.Id, new CryptographicRandom()),
        });
    }
}
