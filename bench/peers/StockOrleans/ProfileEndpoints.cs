using System.Security.Claims;
using System.Text.Json;
using CustomerGrains.Bench.Shared;

namespace CustomerGrains.Bench.StockOrleans;

internal static class ProfileEndpoints
{
    public static void MapProfile(this RouteGroupBuilder group)
    {
        group.MapGet("/profile", Get);
        group.MapPatch("/profile", Edit);
    }

    private static async Task<IResult> Get(
        HttpContext http, ClaimsPrincipal caller, IGrainFactory grains) =>
        await grains.GetGrain<ICustomerGrain>(caller.CallerId()).Get() is { } customer
            ? Answers.Profile(http, customer)
            : Results.NotFound();

    private static async Task<IResult> Edit(
        HttpContext http, ClaimsPrincipal caller, IGrainFactory grains, JsonElement body)
    {
        var patch = ProfilePatchReader.Read(body, out var errors);
        if (errors is not null) return Results.ValidationProblem(errors);
        var wanted = http.Request.Headers.IfMatch is [{ } version] ? version : null;
        return await grains.GetGrain<ICustomerGrain>(caller.CallerId()).Edit(patch, wanted) is { } now
            ? Answers.Profile(http, now)
            : Results.Problem(statusCode: StatusCodes.Status412PreconditionFailed);
    }
}
