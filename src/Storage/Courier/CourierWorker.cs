using CustomerGrains.Storage.Faults;
using CustomerGrains.Storage.Sealing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CustomerGrains.Storage.Courier;

/// <summary>Carries messages: at least once, up to a number of attempts, no later than they make
/// sense. One per silo; a message whose silo died is taken over when its lease ends.</summary>
public sealed partial class CourierWorker(
    NpgsqlDataSource database,
    KeyRing keys,
    CourierSignal signal,
    IOptions<CourierOptions> options,
    TimeProvider time,
    ILogger<CourierWorker> log,
    IMessageSender? sender = null) : BackgroundService
{
    private const int RetryGrowth = 4;
    private readonly CourierOptions _options = options.Value;

    /// <summary>False when nobody is configured to send: messages then wait.</summary>
    public bool HasSender => sender is not null;

    /// <summary>Takes what is due and carries it.</summary>
    /// <returns>How many were taken.</returns>
    public async Task<int> CarryDue(CancellationToken cancellation)
    {
        if (sender is null) return 0;
        var taken = await Take(cancellation);
        await Task.WhenAll(taken.Select(message => Carry(sender, message, cancellation)));
        return taken.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!HasSender)
        {
            LogNoSender();
            return;
        }

        var pause = _options.PollMin;
        while (!stoppingToken.IsCancellationRequested)
        {
            var taken = await TryCarryDue(stoppingToken);
            if (taken == _options.BatchMax) continue; // more may be waiting
            pause = taken > 0 ? _options.PollMin : Shorter(pause * 2, _options.PollMax);
            await signal.Wait(pause, time, stoppingToken);
        }
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private async Task<int> TryCarryDue(CancellationToken cancellation)
    {
        try
        {
            return await CarryDue(cancellation);
        }
        catch (NpgsqlException e)
        {
            LogDatabaseAway(e.SqlState);
            return 0;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return 0;
        }
    }

    private async Task<List<Taken>> Take(CancellationToken cancellation)
    {
        var now = time.UtcNowInMilliseconds();
        await using var command = database.Command(
            "Courier/take-messages", now, now + _options.Lease, _options.BatchMax);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var taken = new List<Taken>();
        while (await reader.ReadAsync(cancellation))
            taken.Add(new Taken(
                reader.GetGuid(0),
                reader.GetFieldValue<byte[]>(1),
                reader.GetInt32(2),
                reader.GetFieldValue<DateTimeOffset>(3)));
        return taken;
    }

    private async Task Carry(IMessageSender carrier, Taken message, CancellationToken cancellation)
    {
        if (time.GetUtcNow() >= message.ExpiresAt || message.Attempts > _options.AttemptsMax)
        {
            await Finish(message, "given_up");
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_options.Lease);
        try
        {
            FaultPoints.Pass(FaultPoints.CourierTaken);
            await carrier.Send(
                message.Id, CourierMessage.Open(keys, message.Id, message.Payload), limit.Token);
        }
        catch (MessageRefusedException e)
        {
            LogRefused(e.Status);
            await Finish(message, "given_up");
            return;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // Whatever a sender throws concerns this one message.
            LogNotSent(message.Attempts, e.GetType().Name);
            await Postpone(message);
            return;
        }

        FaultPoints.Pass(FaultPoints.CourierSent);
        await Finish(message, "sent");
    }

    private async Task Postpone(Taken message)
    {
        if (message.Attempts >= _options.AttemptsMax)
        {
            await Finish(message, "given_up");
            return;
        }

        var pause = _options.RetryAfter * Math.Pow(RetryGrowth, message.Attempts - 1);
        await using var command = database.Command(
            "Courier/retry-message", message.Id, time.UtcNowInMilliseconds() + pause);
        await command.ExecuteNonQueryAsync();
    }

    private async Task Finish(Taken message, string state)
    {
        if (state == "given_up") LogGivenUp(message.Attempts);
        await using var command = database.Command(
            "Courier/finish-message", message.Id, state, time.UtcNowInMilliseconds());
        await command.ExecuteNonQueryAsync();
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "No message sender is configured: messages wait.")]
    private partial void LogNoSender();

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Messages could not be looked for ({SqlState}).")]
    private partial void LogDatabaseAway(string? sqlState);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A message was not sent at attempt {Attempt}: {Reason}.")]
    private partial void LogNotSent(int attempt, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A message was refused for good with status {Status}.")]
    private partial void LogRefused(int status);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A message was given up after {Attempts} attempts.")]
    private partial void LogGivenUp(int attempts);

    private sealed record Taken(Guid Id, byte[] Payload, int Attempts, DateTimeOffset ExpiresAt);
}
