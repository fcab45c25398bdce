using System.Globalization;
using CustomerGrains.Api.Problems;

namespace CustomerGrains.Api.Requests;

/// <summary>The headers that accompany a command.</summary>
/// <param name="IfMatch">Version the client has seen; null for none or any.</param>
/// <param name="IdempotencyKey">Null when the client sent none.</param>
internal readonly record struct CommandHeaders(long? IfMatch, string? IdempotencyKey)
{
    public const string IdempotencyKeyName = "Idempotency-Key";

    private const int KeyLengthMax = 255;

    /// <returns>Null when <paramref name="headers"/> holds them.</returns>
    public static Problem? Read(HttpRequest request, out CommandHeaders headers)
    {
        headers = default;
        if (!TryReadIfMatch(request, out var version))
            return Problem.Of(ProblemKinds.InvalidHeader, "If-Match",
                "Expected one strong entity tag as given in ETag, or *.");
        if (!TryReadKey(request, out var key))
            return Problem.Of(ProblemKinds.InvalidHeader, IdempotencyKeyName,
                "Expected 1 to 255 visible ASCII characters, once.");
        headers = new CommandHeaders(version, key);
        return null;
    }

    private static bool TryReadIfMatch(HttpRequest request, out long? version)
    {
        version = null;
        var values = request.Headers.IfMatch;
        if (values.Count == 0) return true;
        if (values is not [{ } tag]) return false;
        if (tag == "*") return true;
        if (tag is not ['"', .. var digits, '"']) return false;
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        version = number;
        return true;
    }

    private static bool TryReadKey(HttpRequest request, out string? key)
    {
        key = null;
        var values = request.Headers[IdempotencyKeyName];
        if (values.Count == 0) return true;
        if (values is not [{ Length: >= 1 and <= KeyLengthMax } text]) return false;
        key = text;
        return !text.AsSpan().ContainsAnyExceptInRange('!', '~');
    }
}
