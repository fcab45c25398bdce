using System.Text.Json.Serialization.Metadata;

namespace CustomerGrains.Api.Replies;

internal static class Answer
{
    /// <summary>A JSON answer that no cache may keep.</summary>
    public static IResult Fresh<T>(HttpContext http, T view, JsonTypeInfo<T> type, int status = 200)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(view, type, statusCode: status);
    }
}
