using System.Globalization;
using System.Text.RegularExpressions;

namespace CustomerGrains.Grains;

/// <summary>Times as clients write them.</summary>
internal static partial class Rfc3339
{
    public const string Rule = "Must be an RFC 3339 time such as 2026-01-31T12:00:00Z.";

    private static readonly string[] Forms =
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <param name="time">UTC, whole milliseconds.</param>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        var isTime = DateTimeOffset.TryParseExact(
            text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
        time = DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
        return isTime && Zone().IsMatch(text);
    }

    /// <summary>A time without zone would be read as this machine's.</summary>
    [GeneratedRegex(@"(Z|[+-][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex Zone();
}
