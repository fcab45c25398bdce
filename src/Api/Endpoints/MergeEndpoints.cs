using CustomerGrains.Api.Auth;
using CustomerGrains.Api.Documents;
using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Replies;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Endpoints;

/// <summary>Two customers become one: by their own wish, or by an administrator's.</summary>
internal static class MergeEndpoints
{
    public static void MapAccountLinks(this RouteGroupBuilder customer)
    {
        var links = customer.MapGroup("/account-links").WithTags("Account links");
        links.MapPost("", Start).Documented(MergeOperations.StartLink);
        links.MapPost("/{id:guid}/verify", Verify).Documented(MergeOperations.VerifyLink);
        links.MapGet("/{id:guid}", Get).Documented(MergeOperations.GetLink);
    }

    public static void MapMerges(this WebApplication app)
    {
        var admin = app.MapGroup("/api/admin")
            .RequireAuthorization(RolePolicies.Admin)
            .NeedsRole("uta")
            .WithTags("Merges");
        var customer = admin.MapGroup("/customers/{id:guid}/merge");
        customer.MapPost("/preview", Preview).Documented(MergeOperations.Preview);
        customer.MapPost("", Merge).Documented(MergeOperations.Merge);
        customer.MapPost("/undo", Undo).Documented(MergeOperations.Undo);
        admin.MapGet("/merges/{id:guid}", GetMerge).Documented(MergeOperations.Get);
    }

    private static Task<IResult> Start(HttpContext http, CustomerCalls calls) =>
        calls.Command(http, MergeShapes.Link, 202, static (grain, id, draft, context) =>
            grain.StartLink(id, draft, context));

    private static Task<IResult> Verify(Guid id, HttpContext http, CustomerCalls calls) =>
        calls.Command(http, MergeShapes.Codes, 202, (grain, _, codes, context) =>
            grain.VerifyLink(new LinkProof(id, codes.Own, codes.Other), context));

    private static Task<IResult> Get(Guid id, HttpContext http, CustomerCalls calls) =>
        calls.Query(http, (grain, caller) => new(grain.GetLink(id, caller)));

    private static Task<IResult> Preview(Guid id, HttpContext http, AdminCalls calls) =>
        calls.Command(id, http, MergeShapes.Merge, static (grain, draft, context) =>
            grain.PreviewMerge(draft, context));

    private static Task<IResult> Merge(Guid id, HttpContext http, AdminCalls calls) =>
        calls.Command(
            id, http, MergeShapes.Merge,
            static (grain, draft, context) => grain.StartMerge(draft, context),
            StatusCodes.Status202Accepted);

    private static Task<IResult> Undo(Guid id, HttpContext http, AdminCalls calls) =>
        calls.Command(
            id, http, MergeShapes.Undo,
            static (grain, draft, context) => grain.UndoMerge(draft, context),
            StatusCodes.Status202Accepted);

    private static async Task<IResult> GetMerge(Guid id, HttpContext http, IGrainFactory grains)
    {
        var progress = await OrderCalls.Twice(() => grains.GetGrain<IMergeGrain>(id).Get().AsTask());
        if (progress is null) return new Problem(ProblemKinds.NotFound);
        return Answer.Fresh(
            http,
            new MergeDetailView(
                progress.MergeId,
                progress.State,
                progress.SurvivorId,
                progress.RedundantId == Guid.Empty ? null : progress.RedundantId,
                progress.Blockers),
            MergeViewJson.Default.MergeDetailView);
    }
}
