using Microsoft.Net.Http.Headers;

namespace CustomerGrains.Api.Requests;

internal static class ContentTypes
{
    public const string Json = "application/json";
    public const string MergePatch = "application/merge-patch+json";

    /// <summary>One JSON object on each line.</summary>
    public const string JsonLines = "application/x-ndjson";

    /// <summary>True when lines of JSON are declared, in UTF-8.</summary>
    public static bool AreLines(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && Is(type, JsonLines) && IsUtf8(type);

    /// <summary>True when the declared type is one this method takes, in UTF-8.</summary>
    public static bool AreAccepted(HttpRequest request)
    {
        var declared = request.ContentType;
        if (declared == Json) return true;
        if (!MediaTypeHeaderValue.TryParse(declared, out var type)) return false;
        if (!IsUtf8(type)) return false;
        return Is(type, Json) || (Is(type, MergePatch) && HttpMethods.IsPatch(request.Method));
    }

    private static bool IsUtf8(MediaTypeHeaderValue type)
    {
        var charset = HeaderUtilities.RemoveQuotes(type.Charset);
        return !charset.HasValue || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);
    }

    private static bool Is(MediaTypeHeaderValue type, string name) =>
        type.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase);
}
