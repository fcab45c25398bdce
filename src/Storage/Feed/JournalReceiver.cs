using CustomerGrains.GrainInterfaces;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Streams;

namespace CustomerGrains.Storage.Feed;

/// <summary>One partition's end of the journal for the agent that owns it. The agent calls one
/// method at a time.</summary>
public sealed partial class JournalReceiver(
    short partition, FeedDatabase database, FeedWatch watch, FeedOptions options, TimeProvider time,
    ILogger<JournalReceiver> log)
    : IQueueAdapterReceiver
{
    private readonly PartitionFeed _feed = new(database.Source, partition, time);
    private readonly Deliveries _deliveries = new();
    private FeedPosition _readTo;
    private (FeedPosition To, int Rows)? _unrecorded;
    private bool _isQuiet;
    private long _readNotBefore;
    // Rises over the whole life of the queue, also when another silo takes it over.
    private long _token = time.GetUtcNow().Ticks;
    private long _claimNotBefore;

    // The partition is claimed at the first read: the agent calls this once only, and goes on
    // when it fails.
    public Task Initialize(TimeSpan timeout) => Task.CompletedTask;

    [Obsolete("Has a successor with a cancellation token.")]
    public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) =>
        GetQueueMessagesAsync(maxCount, CancellationToken.None);

    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(
        int maxCount, CancellationToken cancellationToken)
    {
        try
        {
            if (!await IsOwner(cancellationToken)) return [];
            await KeepPace(cancellationToken);
            // After a quiet wait there is nothing: the watch has looked for all that wait.
            if (!_isQuiet && await ReadOn(maxCount, cancellationToken) is { Count: > 0 } found)
                return found;
            var wait = _deliveries.IsEmpty && _unrecorded is null
                ? options.IdleWait
                : options.BusyWait;
            _isQuiet = !await watch.Wait(partition, _readTo, wait, cancellationToken);
            if (_isQuiet) return [];
            var late = await ReadOn(maxCount, cancellationToken);
            // Rows are there and cannot be read: they are read for another owner.
            if (late.Count == 0) LeaveToOther();
            return late;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return [];
        }
        catch (NpgsqlException e)
        {
            ReadFailed(partition, e.SqlState);
            _claimNotBefore = TimestampAfter(options.ClaimAgainAfter);
            return [];
        }
    }

    [Obsolete("Has a successor with a cancellation token.")]
    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) =>
        MessagesDeliveredAsync(messages, CancellationToken.None);

    public async Task MessagesDeliveredAsync(
        IList<IBatchContainer> messages, CancellationToken cancellationToken)
    {
        var tokens = messages.OfType<JournalContainer>().Select(m => m.Token).ToArray();
        var arrival = _deliveries.Arrived(tokens);
        if (arrival.To is { } to)
            _unrecorded = (to, arrival.Rows + (_unrecorded?.Rows ?? 0));
        await Record(cancellationToken);
        if (arrival.IsBroken) StartAgain();
    }

    public Task Shutdown(TimeSpan timeout) => Shutdown(timeout, CancellationToken.None);

    public async Task Shutdown(TimeSpan timeout, CancellationToken cancellationToken)
    {
        await Record(cancellationToken);
        _feed.Release();
    }

    private async Task<bool> IsOwner(CancellationToken cancellation)
    {
        if (time.GetTimestamp() < _claimNotBefore)
        {
            await Task.Delay(options.BusyWait, time, cancellation);
            return false;
        }

        if (_feed.IsClaimed) return true;
        _readTo = await _feed.Claim(cancellation);
        _unrecorded = null;
        _isQuiet = false;
        return true;
    }

    private async Task KeepPace(CancellationToken cancellation)
    {
        var early = time.GetElapsedTime(time.GetTimestamp(), _readNotBefore);
        if (early > TimeSpan.Zero) await Task.Delay(early, time, cancellation);
    }

    private async Task<IList<IBatchContainer>> ReadOn(int maxCount, CancellationToken cancellation)
    {
        var rows = await _feed.Read(_readTo, options.ChunkRowsMax * maxCount, cancellation);
        if (rows.Length > 0 && rows.Length < options.ChunkRowsMax)
            _readNotBefore = TimestampAfter(options.Pace);
        var containers = new List<IBatchContainer>();
        for (var from = 0; from < rows.Length; from += options.ChunkRowsMax)
        {
            var some = rows.Slice(from, Math.Min(options.ChunkRowsMax, rows.Length - from));
            var chunk = new JournalChunk(partition, _readTo, some);
            _deliveries.HandedOut(++_token, chunk.Last, some.Length);
            _readTo = chunk.Last;
            containers.Add(new JournalContainer(chunk, _token));
        }

        return containers;
    }

    /// <summary>The agent swallows what this throws and does not repeat its report: what could not
    /// be recorded is kept for the next time.</summary>
    private async Task Record(CancellationToken cancellation)
    {
        if (_unrecorded is not { } arrived || !_feed.IsClaimed) return;
        try
        {
            var isOwner = await _feed.Advance(arrived.To, arrived.Rows, cancellation);
            _unrecorded = null;
            if (!isOwner) LeaveToOther();
        }
        catch (NpgsqlException e)
        {
            ReadFailed(partition, e.SqlState);
        }
    }

    /// <summary>Hands out again what follows the recorded position.</summary>
    private void StartAgain()
    {
        GivenUp(partition);
        _deliveries.Clear();
        _feed.Release();
    }

    private void LeaveToOther()
    {
        TakenOver(partition);
        _deliveries.Clear();
        _feed.Release();
        _claimNotBefore = TimestampAfter(options.ClaimAgainAfter);
    }

    private long TimestampAfter(TimeSpan pause) =>
        time.GetTimestamp() + (long)(pause.TotalSeconds * time.TimestampFrequency);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Partition {Partition} of the journal could not be read ({SqlState}).")]
    private partial void ReadFailed(short partition, string? sqlState);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Partition {Partition} of the journal was taken over by another silo.")]
    private partial void TakenOver(short partition);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Rows of partition {Partition} did not arrive; they are handed out again.")]
    private partial void GivenUp(short partition);
}
