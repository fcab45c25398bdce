using CustomerGrains.Api.Auth;
using CustomerGrains.Api.Documents;
using CustomerGrains.Api.Requests;

namespace CustomerGrains.Api.Endpoints;

/// <summary>Administrators keep customers out, let them in again, and verify them.</summary>
internal static class BarEndpoints
{
    public static void MapBars(this WebApplication app)
    {
        var customer = app.MapGroup("/api/admin/customers/{id:guid}")
            .RequireAuthorization(RolePolicies.Admin)
            .NeedsRole("uta")
            .WithTags("Admin");
        customer.MapPost("/block", Block).Documented(BarOperations.Block);
        customer.MapPost("/unblock", Unblock).Documented(BarOperations.Unblock);
        customer.MapPost("/verification", Verify).Documented(StandingOperations.Verify);
    }

    private static Task<IResult> Block(Guid id, HttpContext http, AdminCalls calls) =>
        calls.Command(id, http, BarShapes.Impose, static (grain, draft, context) =>
            grain.Bar(draft, context));

    private static Task<IResult> Unblock(Guid id, HttpContext http, AdminCalls calls) =>
        calls.Command(id, http, BarShapes.Lift, static (grain, lifting, context) =>
            grain.Unbar(lifting, context));

    private static Task<IResult> Verify(Guid id, HttpContext http, AdminCalls calls) =>
        calls.Command(id, http, VerificationShapes.Draft, static (grain, draft, context) =>
            grain.Verify(draft, context));
}
