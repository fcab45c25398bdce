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
    public static void MapPolicies(this WebApplication app)
    {
        var policies = app.MapGroup("/api/admin/policies")
            .RequireAuthorization(RolePolicies.Admin)
            .NeedsRole("uta")
            .WithTags("Policies");
        policies.Map("category-ages", PolicyShapes.CategoryAges,
            PolicyOperations.GetCategoryAges, PolicyOperations.ReplaceCategoryAges);
        policies.Map("tiers", PolicyShapes.Tiers,
            PolicyOperations.GetTiers, PolicyOperations.ReplaceTiers);
        policies.Map("completion", PolicyShapes.Completion,
            PolicyOperations.GetCompletion, PolicyOperations.ReplaceCompletion);
        policies.Map("risk", PolicyShapes.Risk,
            PolicyOperations.GetRisk, PolicyOperations.ReplaceRisk);
    }

    public static void MapEligibility(this RouteGroupBuilder customer) =>
        customer.MapGet("/eligibility", GetEligibility)
            .WithTags("Policies")
            .Documented(OrderOperations.GetEligibility);

    private static void Map(
        this RouteGroupBuilder policies,
        string name,
        BodyShape<PolicyDraft> shape,
        Operation get,
        Operation replace)
    {
        policies.MapGet("/" + name, async (IGrainFactory grains) =>
                Answer(await grains.GetGrain<IPolicyGrain>(name).Get()))
            .Documented(get);
        policies.MapPut("/" + name, async (HttpContext http, IGrainFactory grains) =>
            {
                using var body = await RequestBody.Read(http);
                if (OrderCalls.Bind(http, shape, body, out var draft) is { } badBody)
                    return badBody;
                return Answer(await grains.GetGrain<IPolicyGrain>(name)
                    .Replace(draft!, CustomerCalls.CallerOf(http)));
            })
            .Documented(replace);
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

    private static IResult Answer(Reply reply) => reply.Code is ReplyCode.Ok
        ? new FreshReply(reply, StatusCodes.Status200OK)
        : Refusals.Of(reply);
}
