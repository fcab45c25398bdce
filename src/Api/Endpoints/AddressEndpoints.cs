using CustomerGrains.Api.Documents;
using CustomerGrains.Api.Requests;

namespace CustomerGrains.Api.Endpoints;

internal static class AddressEndpoints
{
    /// <summary>An id that is no UUID matches no route and is as absent as any other.</summary>
    private const string One = "/{id:guid}";

    public static void MapAddresses(this RouteGroupBuilder customer)
    {
        var group = customer.MapGroup("/addresses").WithTags("Addresses");
        group.MapGet("", List).Documented(Operations.ListAddresses);
        group.MapPost("", Add).Documented(Operations.AddAddress);
        group.MapPatch(One, Edit).Documented(Operations.EditAddress);
        group.MapDelete(One, Remove).Documented(Operations.RemoveAddress);
        group.MapPatch(One + "/default", MakeDefault).Documented(Operations.MakeDefaultAddress);
    }

    private static async Task<IResult> List(HttpContext http, CustomerCalls calls)
    {
        if (Paging.Read(http.Request, out var page) is { } problem) return problem;
        return await calls.Query(http, (grain, caller) => grain.GetAddresses(page, caller));
    }

    private static Task<IResult> Add(HttpContext http, CustomerCalls calls) =>
        calls.Command(http, AddressShapes.Draft, 201, static (grain, id, draft, context) =>
            grain.AddAddress(id, draft, context));

    private static async Task<IResult> Edit(Guid id, HttpContext http, CustomerCalls calls)
    {
        if (Confirmation.Check(http.Request) is { } problem) return problem;
        return await calls.Command(http, AddressShapes.Edit, 200, (grain, _, edit, context) =>
            grain.EditAddress(id, edit, Confirmation.IsGiven(http.Request), context));
    }

    private static async Task<IResult> Remove(Guid id, HttpContext http, CustomerCalls calls)
    {
        if (Confirmation.Check(http.Request) is { } problem) return problem;
        return await calls.Command(http, (grain, context) =>
            grain.RemoveAddress(id, Confirmation.IsGiven(http.Request), context));
    }

    private static Task<IResult> MakeDefault(Guid id, HttpContext http, CustomerCalls calls) =>
        calls.Command(http, AddressShapes.MakeDefault, 200, (grain, _, _, context) =>
            grain.SetDefaultAddress(id, context));
}
