using CustomerGrains.Api.Documents;
using CustomerGrains.Api.Problems;
using CustomerGrains.Api.RateLimits;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Endpoints;

/// <summary>Changes of phone and email, which are proved by a code.</summary>
internal static class ContactEndpoints
{
    public static void MapContactChanges(this RouteGroupBuilder customer)
    {
        var group = customer.MapGroup("/profile").WithTags("Contacts");
        group.MapPost("/request-change", Request).Documented(Operations.RequestContactChange);
        group.MapPost("/resend-change", Resend).Documented(Operations.ResendContactChange);
        group.MapPost("/verify-change", Verify).Documented(Operations.VerifyContactChange);
        group.MapDelete("/changes/{id:guid}", Cancel).Documented(Operations.CancelContactChange);
    }

    /// <summary>For whoever reads the old contact's messages; the token says whose.</summary>
    public static void MapContactUndo(this WebApplication app) =>
        app.MapPost("/api/contact-undo", Undo)
            .AllowAnonymous()
            .RequireRateLimiting(LimitNames.Undos)
            .WithTags("Contacts")
            .Documented(Operations.UndoContactChange);

    private static Task<IResult> Request(HttpContext http, CustomerCalls calls) =>
        calls.Command(http, ContactShapes.Request, 202, static (grain, id, draft, context) =>
            grain.RequestContactChange(id, draft, context));

    private static Task<IResult> Resend(HttpContext http, CustomerCalls calls) =>
        calls.Command(http, ContactShapes.Resend, 202, static (grain, _, change, context) =>
            grain.ResendContactChange(change, context));

    private static Task<IResult> Verify(HttpContext http, CustomerCalls calls) =>
        calls.Command(http, ContactShapes.Proof, 200, static (grain, _, proof, context) =>
            grain.VerifyContactChange(proof, context));

    private static Task<IResult> Cancel(Guid id, HttpContext http, CustomerCalls calls) =>
        calls.Command(http, (grain, context) => grain.CancelContactChange(id, context));

    private static Task<IResult> Undo(HttpContext http, OpenCalls calls, TimeProvider clock) =>
        calls.Run(http, ContactShapes.Undo, async (grains, token) =>
        {
            var reply = await grains.GetGrain<IContactUndoGrain>(0)
                .Undo(token, Guid.CreateVersion7(clock.GetUtcNow()));
            if (reply.Code is not ReplyCode.Ok) return Refusals.Of(reply);
            http.Response.Headers.CacheControl = "no-store";
            return Results.Bytes(reply.Body, ContentTypes.Json);
        });
}
