using CustomerGrains.Api.Documents;
using CustomerGrains.Api.Requests;

namespace CustomerGrains.Api.Endpoints;

/// <summary>What customers ask for about their own data.</summary>
internal static class PrivacyEndpoints
{
    public static void MapPrivacy(this RouteGroupBuilder customer)
    {
        var group = customer.MapGroup("/privacy").WithTags("Privacy");
        group.MapPost("/export", RequestExport).Documented(PrivacyOperations.RequestExport);
        group.MapGet("/export/{id:guid}", GetExport).Documented(PrivacyOperations.GetExport);
        group.MapPost("/erasure", RequestErasure).Documented(PrivacyOperations.RequestErasure);
        group.MapGet("/erasure", GetErasure).Documented(PrivacyOperations.GetErasure);
        group.MapDelete("/erasure", CancelErasure).Documented(PrivacyOperations.CancelErasure);
    }

    private static Task<IResult> RequestExport(HttpContext http, CustomerCalls calls) =>
        calls.Command(http, SignInShapes.Nothing, 202, static (grain, id, _, context) =>
            grain.RequestExport(id, context));

    // Made beside the customer, whose version does not tell when it is ready.
    private static Task<IResult> GetExport(
        Guid id, HttpContext http, CustomerReferences customers)
    {
        var caller = CustomerCalls.CallerOf(http);
        return HistoryEndpoints.Answer(() => customers.Get(caller.Id).GetExport(id, caller));
    }

    private static Task<IResult> RequestErasure(HttpContext http, CustomerCalls calls) =>
        calls.Command(http, SignInShapes.Nothing, 202, static (grain, _, _, context) =>
            grain.RequestErasure(context));

    // The answer changes with the clock and with others' orders: no version tells it apart.
    private static Task<IResult> GetErasure(HttpContext http, CustomerReferences customers)
    {
        var caller = CustomerCalls.CallerOf(http);
        return HistoryEndpoints.Answer(
            () => customers.Get(caller.Id).GetErasure(caller).AsTask());
    }

    private static Task<IResult> CancelErasure(HttpContext http, CustomerCalls calls) =>
        calls.Command(http, static (grain, context) => grain.CancelErasure(context));
}
