using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerGrains.Bench.Shared;

/// <summary>What a peer's endpoints answer.</summary>
public static class Answers
{
    public static JsonHttpResult<ProfileView> Profile(HttpContext http, CustomerRecord customer)
    {
        SetHeaders(http, customer.Version);
        return TypedResults.Json(ProfileView.Of(customer), ProfileJson.Default.ProfileView);
    }

    /// <summary>False when the request names another version with <c>If-Match</c>.</summary>
    public static bool IsWanted(HttpContext http, long version)
    {
        var wanted = http.Request.Headers.IfMatch;
        return wanted.Count == 0
            || wanted == string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
    }

    /// <summary>The version of <c>If-Match</c>; null without one.</summary>
    public static long? WantedVersion(HttpContext http) =>
        http.Request.Headers.IfMatch is [{ } tag]
            ? long.TryParse(tag.Trim('"'), CultureInfo.InvariantCulture, out var version) ? version : 0
            : null;

    /// <summary>A profile as bytes, for an answer that is kept.</summary>
    public static byte[] Render(CustomerRecord customer) => JsonSerializer.SerializeToUtf8Bytes(
        ProfileView.Of(customer), ProfileJson.Default.ProfileView);

    /// <summary>A kept answer.</summary>
    public static IResult Rendered(HttpContext http, long version, byte[] body)
    {
        SetHeaders(http, version);
        return TypedResults.Bytes(body, "application/json");
    }

    /// <summary>404 when there are none.</summary>
    public static IResult Addresses(IReadOnlyList<AddressRecord> addresses) => addresses.Count == 0
        ? Results.NotFound()
        : TypedResults.Json(new AddressList(addresses), ProfileJson.Default.AddressList);

    /// <summary>Any view that <see cref="ProfileJson"/> knows.</summary>
    public static IResult Json<TView>(TView view) where TView : class => TypedResults.Json(view);

    public static bool IsTrue(JsonElement body, string member) =>
        body.ValueKind is JsonValueKind.Object
        && body.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.True;

    private static void SetHeaders(HttpContext http, long version)
    {
        http.Response.Headers.ETag =
            string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
        http.Response.Headers.CacheControl = "private, no-cache";
    }
}
