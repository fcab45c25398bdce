using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage;
using CustomerGrains.Storage.Due;
using CustomerGrains.Storage.Faults;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerGrains.Grains.Customers;

/// <summary>What is done to customers when its time has come, each time by the customer's own
/// grain, so that it is in order with everything else that happens to them. What one silo does
/// twice, or two at once, is done once.</summary>
public sealed partial class DueCommands(
    DueCustomers due, IGrainFactory grains, CustomerOptions options, TimeProvider time,
    ILogger<DueCommands> log)
{
    /// <summary>Has the ends of suspensions recorded that are over.</summary>
    /// <returns>How many were recorded.</returns>
    /// <exception cref="NpgsqlException">The database did not answer; so for all of them.
    /// </exception>
    public Task<int> EndSuspensions(CancellationToken cancellation) => Send(
        due.OverSuspensions(Now, cancellation),
        (customer, context) => customer.EndSuspension(context),
        "end of a suspension");

    /// <summary>Has the erasures carried out whose time of grace is over.</summary>
    /// <returns>How many were carried out.</returns>
    public Task<int> Erase(CancellationToken cancellation) => Send(
        due.Erasures(Now, cancellation),
        async (customer, context) =>
        {
            var reply = await customer.Erase(context);
            FaultPoints.Pass(FaultPoints.ErasureRun);
            return reply;
        },
        "erasure");

    /// <summary>Has guests forgotten who did not come back; who does at the same moment is either
    /// gone or stays.</summary>
    /// <returns>How many were forgotten.</returns>
    public Task<int> ForgetGuests(CancellationToken cancellation) => Send(
        due.IdleGuests(Now - options.GuestIdleTime, cancellation),
        (customer, context) => customer.ForgetIfIdle(context),
        "forgetting of a guest");

    private DateTimeOffset Now => time.UtcNowInMilliseconds();

    /// <summary>Whoever fails waits for the next round.</summary>
    private async Task<int> Send(
        IAsyncEnumerable<Guid> customers,
        Func<ICustomerGrain, CommandContext, Task<Reply>> command,
        string what)
    {
        var done = 0;
        await foreach (var id in customers)
        {
            var now = Now;
            // The service itself acts; nobody's token is behind it.
            var caller = new Caller(Guid.Empty, CallerRole.System, now.ToUnixTimeMilliseconds());
            try
            {
                var reply = await command(
                    grains.GetGrain<ICustomerGrain>(id),
                    new CommandContext(Guid.CreateVersion7(now), caller));
                if (reply.Code == ReplyCode.Ok) done++;
            }
            catch (Exception e) when (e
                is TryAgainException or TimeoutException or OrleansException)
            {
                Failed(log, what, e.GetType().Name);
            }
        }

        return done;
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "What is due could not be done ({What}): {Kind}; it is tried again.")]
    private static partial void Failed(ILogger log, string what, string kind);
}
