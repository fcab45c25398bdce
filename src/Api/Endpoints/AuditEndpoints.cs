using CustomerGrains.Api.Auth;
using CustomerGrains.Api.Documents;
using CustomerGrains.Api.Replies;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Endpoints;

/// <summary>Whether the journal is what it was.</summary>
internal static class AuditEndpoints
{
    /// <summary>Chains recomputed at once: the database serves customers meanwhile.</summary>
    private const int ChainsAtOnce = 4;

    public static void MapAudit(this WebApplication app) =>
        app.MapGroup("/api/admin/audit")
            .RequireAuthorization(RolePolicies.Admin)
            .NeedsRole("uta")
            .WithTags("Audit")
            .MapPost("/verify", Verify)
            .Documented(AuditOperations.VerifyAudit);

    public static void MapCounters(this WebApplication app)
    {
        var group = app.MapGroup("/api/admin")
            .RequireAuthorization(RolePolicies.Admin)
            .NeedsRole("uta")
            .WithTags("Metrics");
        group.MapGet("/metrics", GetCounters).Documented(AuditOperations.GetCounters);
        group.MapGet("/segments", (IGrainFactory grains) => HistoryEndpoints.Answer(
                () => grains.GetGrain<ICounterGrain>(0).GetSegments()))
            .Documented(StandingOperations.GetSegments);
    }

    private static async Task<IResult> GetCounters(HttpContext http, IGrainFactory grains)
    {
        if (HistoryQueries.Once(http.Request, "from", out var from) is { } badFrom) return badFrom;
        if (HistoryQueries.Once(http.Request, "to", out var to) is { } badTo) return badTo;
        return await HistoryEndpoints.Answer(
            () => grains.GetGrain<ICounterGrain>(0).GetCounters(from, to));
    }

    private static Task<IResult> Verify(HttpContext http, OpenCalls calls) =>
        calls.Run(http, SignInShapes.Nothing, async (grains, _) =>
        {
            var checks = new SealCheck[JournalStream.Partitions];
            await Parallel(checks.Length, async partition =>
                checks[partition] = await WholeChain(http, grains, partition));
            return Answer.Fresh(http, Sum(checks), AuditViewJson.Default.AuditCheckView);
        });

    private static async Task<SealCheck> WholeChain(
        HttpContext http, IGrainFactory grains, int partition)
    {
        var grain = grains.GetGrain<IAuditGrain>(JournalStream.KeyOf(partition));
        var check = await grain.Verify(1);
        while (check.Next is { } next)
        {
            // A client that went needs no answer.
            http.RequestAborted.ThrowIfCancellationRequested();
            check = check.Then(await grain.Verify(next));
        }

        return check;
    }

    private static async Task Parallel(int count, Func<int, Task> work)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, ChainsAtOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var one && one < count) await work(one);
        }));
    }

    private static AuditCheckView Sum(SealCheck[] checks)
    {
        var broken = checks.Select(check => check.FirstBroken)
            .FirstOrDefault(one => one is not null);
        return new AuditCheckView(
            checks.Sum(check => check.Rows),
            checks.Max(check => check.VerifiedTo),
            broken is null
                ? null
                : new BrokenRowView(broken.Partition, broken.Sequence, broken.CustomerId));
    }
}
