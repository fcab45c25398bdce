using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage;
using CustomerGrains.Storage.Privacy;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerGrains.Grains.Customers;

/// <summary>Has idle guests forgotten, each by its own grain, so that whoever comes back at the
/// same moment is either gone or stays. What one silo does twice, or two at once, is done once.
/// </summary>
public sealed partial class GuestsForgotten(
    IdleGuests idle,
    IGrainFactory grains,
    CustomerOptions options,
    TimeProvider time,
    ILogger<GuestsForgotten> log)
{
    /// <summary>Deals with all that are idle now; whoever fails waits for the next round.</summary>
    /// <returns>How many commands were carried out.</returns>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<int> Run(CancellationToken cancellation)
    {
        var since = time.UtcNowInMilliseconds() - options.GuestIdleTime;
        var done = 0;
        for (var page = await idle.Next(since);
            page.Guests.Count > 0;
            page = await idle.Next(since, page))
        {
            foreach (var guest in page.Guests)
            {
                cancellation.ThrowIfCancellationRequested();
                if (await Forget(guest)) done++;
            }
        }

        return done;
    }

    private async Task<bool> Forget(Guid guest)
    {
        var now = time.UtcNowInMilliseconds();
        // The service itself acts; nobody's token is behind it.
        var caller = new Caller(Guid.Empty, CallerRole.System, now.ToUnixTimeMilliseconds());
        try
        {
            var reply = await grains.GetGrain<ICustomerGrain>(guest)
                .ForgetIfIdle(new CommandContext(Guid.CreateVersion7(now), caller));
            return reply.Code == ReplyCode.Ok;
        }
        catch (Exception e) when (e is TryAgainException or TimeoutException or OrleansException)
        {
            Failed(log, e.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "An idle guest could not be forgotten: {Kind}.")]
    private static partial void Failed(ILogger log, string kind);
}
