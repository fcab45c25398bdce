using System.Globalization;
using CustomerGrains.Api.Auth;
using CustomerGrains.Api.Documents;
using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Endpoints;

/// <summary>Administrators look for customers.</summary>
internal static class SearchEndpoints
{
    /// <summary>Cells of about five kilometres: a city in a few dozen.</summary>
    private const int LettersDefault = 5;

    public static void MapSearch(this WebApplication app)
    {
        var admin = app.MapGroup("/api/admin")
            .RequireAuthorization(RolePolicies.Admin)
            .NeedsRole("uta")
            .WithTags("Search");
        admin.MapGet("/customers", Search).Documented(SearchOperations.Search);
        admin.MapGet("/addresses/nearest", Nearest).Documented(SearchOperations.Nearest);
        admin.MapGet("/heatmap", GetHeatMap).Documented(SearchOperations.GetHeatMap);
    }

    private static async Task<IResult> Search(HttpContext http, IGrainFactory grains)
    {
        if (SearchQueries.Read(http.Request, out var query, out var page) is { } problem)
            return problem;
        var caller = CustomerCalls.CallerOf(http);
        return await HistoryEndpoints.Answer(
            () => grains.GetGrain<ISearchGrain>(0).Search(query, page, caller));
    }

    private static async Task<IResult> Nearest(HttpContext http, IGrainFactory grains)
    {
        if (Paging.Read(http.Request, out var page) is { } problem) return problem;
        if (HistoryQueries.Once(http.Request, "latitude", out var latitude) is { } badLatitude)
            return badLatitude;
        if (HistoryQueries.Once(http.Request, "longitude", out var longitude) is { } badLongitude)
            return badLongitude;
        if (HistoryQueries.Once(http.Request, "radius_m", out var metres) is { } badRadius)
            return badRadius;
        var query = new NearestQuery(latitude, longitude, metres);
        var caller = CustomerCalls.CallerOf(http);
        return await HistoryEndpoints.Answer(
            () => grains.GetGrain<ISearchGrain>(0).Nearest(query, page.Limit, caller));
    }

    private static async Task<IResult> GetHeatMap(HttpContext http, IGrainFactory grains)
    {
        if (HistoryQueries.Once(http.Request, "precision", out var text) is { } problem)
            return problem;
        if (Letters(text) is not { } letters)
        {
            return Problem.Of(ProblemKinds.InvalidMember, "precision",
                $"Expected 1 to {IHeatMapGrain.LettersMax}.");
        }

        return await HistoryEndpoints.Answer(() => grains.GetGrain<IHeatMapGrain>(letters).Get());
    }

    private static int? Letters(string? text)
    {
        if (text is null) return LettersDefault;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var letters)
            && letters is >= 1 and <= IHeatMapGrain.LettersMax
            ? letters
            : null;
    }
}
