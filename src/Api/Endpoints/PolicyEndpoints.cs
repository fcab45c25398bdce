using CustomerGrains.Api.Auth;
using CustomerGrains.Api.Documents;
using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Replies;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Endpoints;

/// <summary>Policies, for administrators, and what they mean for one customer.</summary>
internal static class PolicyEndpoints
{
    private const string CategoryAges = "category-ages";

    public static void MapPolicies(this WebApplication app)
    {
        var policies = app.MapGroup("/api/admin/policies")
            .RequireAuthorization(RolePolicies.Admin)
            .NeedsRole("uta")
            .WithTags("Policies");
        policies.MapGet("/" + CategoryAges, async (IGrainFactory grains) =>
                Answer(await PolicyOf(grains).Get()))
            .Documented(OrderOperations.GetCategoryAges);
        policies.MapPut("/" + CategoryAges, Replace)
            .Documented(OrderOperations.ReplaceCategoryAges);
    }

    public static void MapEligibility(this RouteGroupBuilder customer) =>
        customer.MapGet("/eligibility", GetEligibility)
            .WithTags("Policies")
            .Documented(OrderOperations.GetEligibility);

    private static async Task<IResult> Replace(HttpContext http, IGrainFactory grains)
    {
        using var body = await RequestBody.Read(http);
        if (OrderCalls.Bind(http, OrderShapes.CategoryAges, body, out var draft) is { } badBody)
            return badBody;
        return Answer(await PolicyOf(grains).Replace(draft!, CustomerCalls.CallerOf(http)));
    }

    private static async Task<IResult> GetEligibility(
        HttpContext http, CustomerReferences customers)
    {
        if (http.Request.Query["category"] is not [{ } category])
            return Problem.Of(ProblemKinds.InvalidMember, "category", "Required, once.");
        var caller = CustomerCalls.CallerOf(http);
        var grain = customers.Get(caller.Id);
        return Answer(await OrderCalls.Twice(() => grain.GetEligibility(category, caller)));
    }

    private static IPolicyGrain PolicyOf(IGrainFactory grains) =>
        grains.GetGrain<IPolicyGrain>(CategoryAges);

    private static IResult Answer(Reply reply) => reply.Code is ReplyCode.Ok
        ? new FreshReply(reply, StatusCodes.Status200OK)
        : Refusals.Of(reply);
}
