using CustomerGrains.Api.Auth;
using CustomerGrains.Api.Documents;
using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Replies;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Endpoints;

/// <summary>What was recorded about a customer, for the customer and for administrators.</summary>
internal static class HistoryEndpoints
{
    public static void MapOwnHistory(this RouteGroupBuilder customer)
    {
        var group = customer.MapGroup("").WithTags("History");
        group.MapGet("/history", GetOwnHistory).Documented(AuditOperations.GetOwnHistory);
        group.MapGet("/access-log", GetOwnAccessLog).Documented(AuditOperations.GetOwnAccessLog);
        group.MapPost("/activity", (HttpContext http, CustomerCalls calls) =>
                calls.Command(http, ActivityShapes.Draft, 202, static (grain, _, draft, context) =>
                    grain.RecordActivity(draft, context)))
            .Documented(AuditOperations.RecordActivity);
    }

    public static void MapHistory(this WebApplication app)
    {
        var group = app.MapGroup("/api/admin/customers/{id:guid}")
            .RequireAuthorization(RolePolicies.Admin)
            .NeedsRole("uta")
            .WithTags("History");
        group.MapGet("", GetCustomer).Documented(AuditOperations.GetCustomer);
        group.MapGet("/history", GetHistory).Documented(AuditOperations.GetHistory);
        group.MapGet("/access-log", GetAccessLog).Documented(AuditOperations.GetAccessLog);
    }

    private static async Task<IResult> GetOwnHistory(HttpContext http, IGrainFactory grains)
    {
        if (HistoryQueries.Read(http.Request, out var query) is { } problem) return problem;
        var caller = CustomerCalls.CallerOf(http);
        return await Answer(() => HistoryOf(grains).GetOwnHistory(query, caller));
    }

    private static async Task<IResult> GetHistory(Guid id, HttpContext http, IGrainFactory grains)
    {
        if (HistoryQueries.Read(http.Request, out var query) is { } problem) return problem;
        var caller = CustomerCalls.CallerOf(http);
        return await Answer(() => HistoryOf(grains).GetHistory(id, query, caller));
    }

    private static async Task<IResult> GetOwnAccessLog(HttpContext http, IGrainFactory grains)
    {
        if (Paging.Read(http.Request, out var page) is { } problem) return problem;
        var caller = CustomerCalls.CallerOf(http);
        return await Answer(() => HistoryOf(grains).GetOwnAccessLog(page, caller));
    }

    private static async Task<IResult> GetAccessLog(Guid id, HttpContext http, IGrainFactory grains)
    {
        if (Paging.Read(http.Request, out var page) is { } problem) return problem;
        return await Answer(() => HistoryOf(grains).GetAccessLog(id, page));
    }

    private static async Task<IResult> GetCustomer(
        Guid id, HttpContext http, CustomerReferences customers)
    {
        if (HistoryQueries.Once(http.Request, "purpose", out var purpose) is { } problem)
            return problem;
        var caller = CustomerCalls.CallerOf(http);
        return await Answer(() => customers.Get(id).GetForStaff(purpose, caller));
    }

    private static IHistoryGrain HistoryOf(IGrainFactory grains) =>
        grains.GetGrain<IHistoryGrain>(0);

    internal static async Task<IResult> Answer(Func<Task<Reply>> read)
    {
        var reply = await OrderCalls.Twice(read);
        return reply.Code is ReplyCode.Ok
            ? new FreshReply(reply, StatusCodes.Status200OK)
            : Refusals.Of(reply);
    }
}
