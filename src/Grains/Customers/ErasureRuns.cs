using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage;
using CustomerGrains.Storage.Faults;
using CustomerGrains.Storage.Privacy;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerGrains.Grains.Customers;

/// <summary>Has erasures carried out whose time has come, each by the customer's own grain. What
/// one silo does twice, or two at once, is done once.</summary>
public sealed partial class ErasureRuns(
    DueErasures due, IGrainFactory grains, FaultPoints faults, TimeProvider time,
    ILogger<ErasureRuns> log)
{
    /// <summary>Deals with all that are due now; whoever fails waits for the next round.</summary>
    /// <returns>How many commands were carried out.</returns>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<int> Run(CancellationToken cancellation)
    {
        var done = 0;
        for (var page = await due.Next(); page.Customers.Count > 0; page = await due.Next(page))
        {
            foreach (var customer in page.Customers)
            {
                cancellation.ThrowIfCancellationRequested();
                if (await Run(customer)) done++;
                faults.Pass(FaultPoints.ErasureRun);
            }
        }

        return done;
    }

    private async Task<bool> Run(Guid customer)
    {
        var now = time.UtcNowInMilliseconds();
        // The service itself acts; nobody's token is behind it.
        var caller = new Caller(Guid.Empty, CallerRole.System, now.ToUnixTimeMilliseconds());
        try
        {
            var reply = await grains.GetGrain<ICustomerGrain>(customer)
                .Erase(new CommandContext(Guid.CreateVersion7(now), caller));
            return reply.Code == ReplyCode.Ok;
        }
        catch (Exception e) when (e is TryAgainException or TimeoutException or OrleansException)
        {
            Failed(log, e.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "An erasure that is due could not be carried out: {Kind}.")]
    private static partial void Failed(ILogger log, string kind);
}
