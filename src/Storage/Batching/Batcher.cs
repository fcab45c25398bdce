using System.Threading.Channels;

namespace CustomerGrains.Storage.Batching;

/// <summary>Lets many callers share round trips: whatever waits when a worker is free goes as one
/// batch. No lingering: under light load a batch has one item, under heavy load it fills by
/// itself.</summary>
/// <remarks>Items are completed by <see cref="IBatchWork{TItem}"/>. Bounded: a full queue refuses.
/// Disposing drains: what was accepted is carried out.</remarks>
public sealed class Batcher<TItem> : IAsyncDisposable
{
    private readonly Channel<TItem> _queue;
    private readonly BatcherOptions _options;
    private readonly IBatchWork<TItem> _work;
    private readonly TimeProvider _time;
    private readonly Task _workers;

    public Batcher(IBatchWork<TItem> work, BatcherOptions options, TimeProvider time)
    {
        _work = work;
        _options = options;
        _time = time;
        _queue = Channel.CreateBounded<TItem>(new BoundedChannelOptions(options.QueueCapacity)
        {
            SingleReader = options.Workers == 1,
        });

        // The loops must not inherit the context of whoever resolved this object: a grain's
        // scheduler, a request's trace.
        using (ExecutionContext.SuppressFlow())
        {
            _workers = Task.WhenAll(Enumerable.Range(0, options.Workers).Select(_ =>
                Task.Factory.StartNew(
                    WorkUntilDrained,
                    CancellationToken.None,
                    TaskCreationOptions.DenyChildAttach,
                    TaskScheduler.Default).Unwrap()));
        }
    }

    /// <summary>Items accepted and not yet taken by a worker.</summary>
    public int QueueLength => _queue.Reader.Count;

    /// <summary>Accepts an item, waiting briefly for a place.</summary>
    /// <exception cref="QueueFullException">There was none in time, or the batcher is closed:
    /// nothing happened, the caller may try again later.</exception>
    public async ValueTask Enqueue(TItem item)
    {
        if (_queue.Writer.TryWrite(item)) return;
        using var patience = new CancellationTokenSource(_options.PatienceWhenFull, _time);
        try
        {
            await _queue.Writer.WriteAsync(item, patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            throw new QueueFullException(e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _workers.ConfigureAwait(false);
    }

    private async Task WorkUntilDrained()
    {
        var batch = new List<TItem>(_options.BatchSizeMax);
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            batch.Clear();
            var bytes = 0L;
            while (batch.Count < _options.BatchSizeMax
                && bytes < _options.BatchBytesMax
                && _queue.Reader.TryRead(out var item))
            {
                batch.Add(item);
                bytes += _work.SizeOf(item);
            }

            if (batch.Count > 0) await _work.Execute(batch).ConfigureAwait(false);
        }
    }
}
