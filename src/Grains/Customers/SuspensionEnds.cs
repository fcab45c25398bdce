using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage;
using CustomerGrains.Storage.Bars;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerGrains.Grains.Customers;

/// <summary>Has the end of suspensions recorded. Nobody waits for it: whoever decides looks at the
/// clock. What one silo does twice, or two at once, is recorded once.</summary>
public sealed partial class SuspensionEnds(
    DueSuspensions due, IGrainFactory grains, TimeProvider time, ILogger<SuspensionEnds> log)
{
    /// <summary>Deals with all that are over now; whoever fails waits for the next round.</summary>
    /// <returns>How many ends are recorded.</returns>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<int> Record(CancellationToken cancellation)
    {
        var recorded = 0;
        for (var page = await due.Next(); page.Customers.Count > 0; page = await due.Next(page))
        {
            foreach (var customer in page.Customers)
            {
                cancellation.ThrowIfCancellationRequested();
                if (await Record(customer)) recorded++;
            }
        }

        return recorded;
    }

    private async Task<bool> Record(Guid customer)
    {
        var now = time.UtcNowInMilliseconds();
        // The service itself acts; nobody's token is behind it.
        var caller = new Caller(Guid.Empty, CallerRole.System, now.ToUnixTimeMilliseconds());
        try
        {
            var reply = await grains.GetGrain<ICustomerGrain>(customer)
                .EndSuspension(new CommandContext(Guid.CreateVersion7(now), caller));
            return reply.Code == ReplyCode.Ok;
        }
        catch (Exception e) when (e is TryAgainException or TimeoutException or OrleansException)
        {
            Failed(log, e.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The end of a suspension could not be recorded: {Kind}.")]
    private static partial void Failed(ILogger log, string kind);
}
