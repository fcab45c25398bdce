using CustomerGrains.Api.Auth;
using CustomerGrains.Api.Documents;
using CustomerGrains.Api.Requests;

namespace CustomerGrains.Api.Endpoints;

/// <summary>Administrators keep customers out and let them in again.</summary>
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
    }

    private static Task<IResult> Block(Guid id, HttpContext http, AdminCalls calls) =>
        calls.Command(id, http, BarShapes.Impose, static (grain, draft, context) =>
            grain.Bar(draft, context));

    private static Task<IResult> Unblock(Guid id, HttpContext http, AdminCalls calls) =>
        calls.Command(id, http, BarShapes.Lift, static (grain, lifting, context) =>
            grain.Unbar(lifting, context));
}
