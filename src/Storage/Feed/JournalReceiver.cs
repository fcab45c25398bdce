using System.Collections.Immutable;
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
    private FeedQuestion? _question;
    private FeedPosition _readTo;
    private Arrived? _unrecorded;
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
            var question = _question ??= Ask();
            var isBusy = !_deliveries.IsEmpty || question.Request.Arrived is not null;
            var answer = await question.Answered.WaitAsync(
                isBusy ? options.BusyWait : options.IdleWait, time, cancellationToken);
            (_question, _unrecorded) = (null, question.Request.Arrived);
            if (answer.IsOwner) return [HandOut(answer.Rows)];
            LeaveToOther();
            return [];
        }
        catch (TimeoutException)
        {
            return [];
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
        if (arrival.To is { } to) Note(new Arrived(to, arrival.Rows));
        if (arrival.IsBroken) await StartAgain(cancellationToken);
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
        return true;
    }

    private FeedQuestion Ask() =>
        watch.Ask(_feed.Request(_readTo, options.ChunkRowsMax, _unrecorded));

    private JournalContainer HandOut(ImmutableArray<JournalRow> rows)
    {
        var chunk = new JournalChunk(partition, _readTo, rows);
        _deliveries.HandedOut(++_token, chunk.Last, rows.Length);
        _readTo = chunk.Last;
        return new JournalContainer(chunk, _token);
    }

    /// <summary>The next look records it.</summary>
    private void Note(Arrived arrived)
    {
        if (_question is { } question) question.Add(arrived);
        else _unrecorded = arrived.On(_unrecorded);
    }

    /// <summary>Records at once, for there is no next look.</summary>
    private async Task Record(CancellationToken cancellation)
    {
        Withdraw();
        if (_unrecorded is not { } arrived || !_feed.IsClaimed) return;
        try
        {
            await _feed.Advance(arrived, cancellation);
        }
        catch (NpgsqlException e)
        {
            // The next owner is handed again what is not recorded.
            ReadFailed(partition, e.SqlState);
        }
    }

    private void Withdraw()
    {
        if (_question is not { } question) return;
        watch.Withdraw(question);
        (_question, _unrecorded) = (null, question.Request.Arrived);
    }

    /// <summary>Hands out again what follows the recorded position.</summary>
    private async Task StartAgain(CancellationToken cancellation)
    {
        GivenUp(partition);
        await Record(cancellation);
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
