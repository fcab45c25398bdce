using CustomerGrains.Api.Auth;
using CustomerGrains.Api.Documents;
using CustomerGrains.Api.Requests;

namespace CustomerGrains.Api.Endpoints;

/// <summary>What a customer does with the own profile and addresses.</summary>
internal static class CustomerEndpoints
{
    public static void MapCustomer(this WebApplication app)
    {
        var customer = app.MapGroup("/api/utc")
            .RequireAuthorization(RolePolicies.Customer)
            .NeedsRole("utc");
        customer.MapProfile();
        customer.MapContactChanges();
        customer.MapAccountLinks();
        customer.MapAddresses();
        customer.MapEligibility();
        customer.MapOwnHistory();
        customer.MapPrivacy();
    }

    private static void MapProfile(this RouteGroupBuilder customer)
    {
        var group = customer.MapGroup("").WithTags("Profile");

        group.MapGet("/profile", (HttpContext http, CustomerCalls calls) =>
                calls.Query(http, static (grain, caller) => grain.GetProfile(caller)))
            .Documented(Operations.GetProfile);

        group.MapPatch("/profile", (HttpContext http, CustomerCalls calls) =>
                calls.Command(http, ProfileShapes.Edit, 200, static (grain, _, edit, context) =>
                    grain.EditProfile(edit, context)))
            .Documented(Operations.EditProfile);

        group.MapPost("/media", (HttpContext http, CustomerCalls calls) =>
                calls.Command(http, ProfileShapes.Media, 201, static (grain, id, draft, context) =>
                    grain.AddMedia(id, draft, context)))
            .Documented(Operations.AddMedia);
    }
}
