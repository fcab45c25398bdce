using System.Collections.Concurrent;
using CustomerGrains.Storage.Faults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerGrains.Storage.Feed;

/// <summary>Reads new journal rows on behalf of all partitions of this silo: one query a look,
/// however many ask. Looks grow apart while nothing happens, and keep a pace while much does.
/// </summary>
/// <remarks>All partitions get their rows at one moment: so those who store what follows from them
/// can share a transaction too.</remarks>
public sealed partial class FeedWatch(
    FeedDatabase database, FeedSignal signal, FeedOptions options, TimeProvider time,
    ILogger<FeedWatch> log)
    : BackgroundService
{
    private readonly ConcurrentDictionary<short, FeedQuestion> _asked = new();

    /// <summary>Asks for a partition's rows; replaces an earlier question about it.</summary>
    public FeedQuestion Ask(FeedRequest request)
    {
        var question = new FeedQuestion(request);
        _asked[request.Partition] = question;
        return question;
    }

    /// <summary>Asks no longer.</summary>
    public void Withdraw(FeedQuestion question) =>
        _asked.TryRemove(KeyValuePair.Create(question.Request.Partition, question));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = options.LookMin;
        while (!stoppingToken.IsCancellationRequested)
        {
            var committed = await signal.Wait(pause, time, stoppingToken);
            var found = await TryLook(stoppingToken);
            // A commit that is not seen yet is among the running ones: it will be soon.
            pause = found != Found.Nothing || committed
                ? options.LookMin
                : Shorter(pause * 2, options.LookMax);
            if (found == Found.Some) await Rest(options.Pace, stoppingToken);
            else if (found == Found.Nothing && committed) await Rest(options.LookMin, stoppingToken);
        }
    }

    private async Task Rest(TimeSpan pause, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(pause, time, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The loop sees it.
        }
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private async Task<Found> TryLook(CancellationToken cancellation)
    {
        try
        {
            return await Look(cancellation);
        }
        catch (NpgsqlException e)
        {
            DatabaseAway(e.SqlState);
            return Found.Nothing;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Found.Nothing;
        }
    }

    private async Task<Found> Look(CancellationToken cancellation)
    {
        var asked = _asked.ToArray();
        if (asked.Length == 0) return Found.Nothing;
        var requests = Array.ConvertAll(asked, a => a.Value.Request);
        if (requests.Any(r => r.Arrived is not null)) FaultPoints.Pass(FaultPoints.FeedArrived);
        var answers = await FeedReader.Look(
            database.Source, requests, time.UtcNowInMilliseconds(), cancellation);
        if (answers.Count > 0) FaultPoints.Pass(FaultPoints.FeedRead);
        var found = Found.Nothing;
        for (var i = 0; i < asked.Length; i++)
        {
            var (partition, question) = asked[i];
            var isAnswered = answers.TryGetValue(partition, out var answer);
            if (!isAnswered || answer.IsOwner) question.Recorded(requests[i]);
            if (!isAnswered) continue;
            _asked.TryRemove(asked[i]);
            question.Answer(answer);
            if (answer.Rows.Length == requests[i].RowsMax) found = Found.Plenty;
            else if (found == Found.Nothing) found = Found.Some;
        }

        return found;
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The journal could not be read ({SqlState}).")]
    private partial void DatabaseAway(string? sqlState);

    private enum Found
    {
        Nothing,
        Some,

        /// <summary>There is more than one look takes.</summary>
        Plenty,
    }
}
