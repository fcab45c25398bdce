using Microsoft.Net.Http.Headers;

namespace CustomerGrains.Api.Requests;

internal static class ContentTypes
{
    public const string Json = "application/json";
    public const string MergePatch = "application/merge-patch+json";

    /// <summary>True when the declared type is one this method takes, in UTF-8.</summary>
    public static bool AreAccepted(HttpRequest request)
    {
        var declared = request.ContentType;
        if (declared == Json) return true;
        if (!MediaTypeHeaderValue.TryParse(declared, out var type)) return false;
        var charset = HeaderUtilities.RemoveQuotes(type.Charset);
        if (charset.HasValue && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return false;
        return Is(type, Json) || (Is(type, MergePatch) && HttpMethods.IsPatch(request.Method));
    }

    private static bool Is(MediaTypeHeaderValue type, string name) =>
        type.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase);
}
