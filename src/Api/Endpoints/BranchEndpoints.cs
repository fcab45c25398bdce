using CustomerGrains.Api.Auth;
using CustomerGrains.Api.Documents;
using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Replies;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Endpoints;

/// <summary>What the staff of a branch see of the branch's orders.</summary>
internal static class BranchEndpoints
{
    public static void MapBranch(this WebApplication app)
    {
        var orders = app.MapGroup("/api/utb/orders")
            .RequireAuthorization(RolePolicies.Branch)
            .NeedsRole("utb")
            .WithTags("Branch");
        orders.MapGet("", List).Documented(BranchOperations.ListOrders);
        orders.MapGet("/{id:guid}/customer", GetCustomer).Documented(BranchOperations.GetCustomer);
    }

    private static async Task<IResult> List(HttpContext http, IGrainFactory grains)
    {
        if (Paging.Read(http.Request, out var page) is { } problem) return problem;
        var caller = CustomerCalls.CallerOf(http);
        return Answer(await OrderCalls.Twice(() =>
            Desk(grains).ListOrders(page, PurposeOf(http), caller)));
    }

    private static async Task<IResult> GetCustomer(
        Guid id, HttpContext http, IGrainFactory grains)
    {
        var caller = CustomerCalls.CallerOf(http);
        return Answer(await OrderCalls.Twice(() =>
            Desk(grains).GetCustomer(id, PurposeOf(http), caller)));
    }

    /// <summary>Judged by the grain, which first looks whether there is such an order.</summary>
    private static string? PurposeOf(HttpContext http) =>
        http.Request.Query["purpose"] is [{ } purpose] ? purpose : null;

    /// <summary>Stateless: which one does not matter.</summary>
    private static IBranchGrain Desk(IGrainFactory grains) => grains.GetGrain<IBranchGrain>(0);

    private static IResult Answer(Reply reply) => reply.Code is ReplyCode.Ok
        ? new FreshReply(reply, StatusCodes.Status200OK)
        : Refusals.Of(reply);
}
