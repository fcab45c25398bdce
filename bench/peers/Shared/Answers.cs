using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerGrains.Bench.Shared;

/// <summary>What a peer's endpoints answer.</summary>
public static class Answers
{
    public static JsonHttpResult<ProfileView> Profile(HttpContext http, CustomerRecord customer)
    {
        http.Response.Headers.ETag =
            string.Create(CultureInfo.InvariantCulture, $"\"{customer.Version}\"");
        http.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Json(ProfileView.Of(customer), ProfileJson.Default.ProfileView);
    }

    /// <summary>False when the request names another version with <c>If-Match</c>.</summary>
    public static bool IsWanted(HttpContext http, long version)
    {
        var wanted = http.Request.Headers.IfMatch;
        return wanted.Count == 0
            || wanted == string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
    }
}
