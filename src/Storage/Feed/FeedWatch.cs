using System.Collections.Concurrent;
using CustomerGrains.GrainInterfaces;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerGrains.Storage.Feed;

/// <summary>Looks for new journal rows on behalf of all partitions that wait on this silo: one
/// query a look, however many wait, and looks grow apart while nothing happens.</summary>
public sealed partial class FeedWatch(
    FeedDatabase database, FeedSignal signal, FeedOptions options, TimeProvider time,
    ILogger<FeedWatch> log)
    : BackgroundService
{
    private readonly ConcurrentDictionary<short, Waiter> _waiting = new();

    /// <summary>Returns true once there are rows after a position, false when a time has passed
    /// without.</summary>
    public async Task<bool> Wait(
        short partition, FeedPosition after, TimeSpan atMost, CancellationToken cancellation)
    {
        var waiter = new Waiter(after);
        _waiting[partition] = waiter;
        try
        {
            await waiter.Found.Task.WaitAsync(atMost, time, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            _waiting.TryRemove(KeyValuePair.Create(partition, waiter));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = options.LookMin;
        while (!stoppingToken.IsCancellationRequested)
        {
            var committed = await signal.Wait(pause, time, stoppingToken);
            var found = await TryLook(stoppingToken);
            // A commit that is not seen yet is among the running ones: it will be soon.
            pause = found || committed ? options.LookMin : Shorter(pause * 2, options.LookMax);
            if (committed) await Rest(stoppingToken);
        }
    }

    private async Task Rest(CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(options.LookMin, time, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The loop sees it.
        }
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private async Task<bool> TryLook(CancellationToken cancellation)
    {
        try
        {
            return await Look(cancellation);
        }
        catch (NpgsqlException e)
        {
            DatabaseAway(e.SqlState);
            return false;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<bool> Look(CancellationToken cancellation)
    {
        var waiting = _waiting.ToArray();
        if (waiting.Length == 0) return false;
        await using var command = database.Source.Command("Feed/waiting_partitions",
            waiting.Select(w => w.Key).ToArray(),
            waiting.Select(w => FeedRows.Text(w.Value.After.Xid)).ToArray(),
            waiting.Select(w => w.Value.After.Id).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = false;
        while (await reader.ReadAsync(cancellation))
        {
            found = true;
            var partition = reader.GetInt16(0);
            waiting.First(w => w.Key == partition).Value.Found.TrySetResult();
        }

        return found;
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The journal could not be looked at ({SqlState}).")]
    private partial void DatabaseAway(string? sqlState);

    private sealed class Waiter(FeedPosition after)
    {
        public FeedPosition After { get; } = after;

        public TaskCompletionSource Found { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
