using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Policies;
using CustomerGrains.Storage;
using CustomerGrains.Storage.Faults;
using CustomerGrains.Storage.Reviews;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerGrains.Grains.Customers;

/// <summary>Keeps tiers, segments and risk up to date with time and policies: reads all customers
/// by pages, decides with the rules that the customers' grains go by, and asks the grains of those
/// alone of whom something changes. The commit, its fence and its journal row are theirs. See
/// docs/adr/0015.</summary>
public sealed partial class Reviews(
    ReviewPass pass, RuleBook rules, IGrainFactory grains, TimeProvider time,
    ILogger<Reviews> log)
{
    /// <summary>Between two passes. Segments go by days; a policy that changed begins a pass of its
    /// own.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Customers who are asked at once: full commits, and room for everybody else.
    /// </summary>
    private const int Concurrency = 32;

    /// <summary>Goes on with the pass, if it is time and nobody else is at it, to its end.
    /// </summary>
    /// <returns>How many customers changed.</returns>
    /// <exception cref="NpgsqlException">The database did not answer; whoever is next goes on.
    /// </exception>
    public async Task<int> Run(CancellationToken cancellation)
    {
        var changed = 0;
        if (await pass.Claim() is not { } turn) return changed;
        while (await pass.Read(turn.ReviewedTo) is { Customers: [.., var last] page })
        {
            changed += await Review(page, cancellation);
            turn = turn with { ReviewedTo = last.Id };
            if (!await pass.Advance(turn)) return changed;
        }

        await pass.Finish(turn, Pause);
        if (changed > 0) Done(log, changed);
        return changed;
    }

    private async Task<int> Review(IReadOnlyList<Customer> page, CancellationToken cancellation)
    {
        var now = time.UtcNowInMilliseconds();
        var known = rules.Current;
        Guid[] due =
        [
            .. page.Where(c => CustomerDecider.IsReviewDue(c, known, now)).Select(c => c.Id),
        ];
        if (due.Length == 0) return 0;
        var living = await pass.Living(due);
        var (next, changed) = (-1, 0);
        await Task.WhenAll(Enumerable.Range(0, Math.Min(Concurrency, living.Count)).Select(
            async _ =>
            {
                while (Interlocked.Increment(ref next) is var one && one < living.Count)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (await Review(living[one])) Interlocked.Increment(ref changed);
                    FaultPoints.Pass(FaultPoints.ReviewPage);
                }
            }));
        return changed;
    }

    /// <returns>False when it could not be done; the next pass finds the customer again.</returns>
    private async Task<bool> Review(Guid customer)
    {
        var now = time.UtcNowInMilliseconds();
        // The service itself acts; nobody's token is behind it.
        var caller = new Caller(Guid.Empty, CallerRole.System, now.ToUnixTimeMilliseconds());
        try
        {
            var reply = await grains.GetGrain<ICustomerGrain>(customer)
                .Review(new CommandContext(Guid.CreateVersion7(now), caller));
            return reply.Code == ReplyCode.Ok;
        }
        catch (Exception e)
        {
            // Whatever is wrong with one customer must not end the pass, nor the silo.
            Failed(log, e.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Tier, segment or risk of {Customers} customers changed.")]
    private static partial void Done(ILogger log, int customers);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "A customer could not be reviewed: {Kind}.")]
    private static partial void Failed(ILogger log, string kind);
}
