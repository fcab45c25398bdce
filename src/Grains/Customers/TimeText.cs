using System.Globalization;
using System.Text.RegularExpressions;

namespace CustomerGrains.Grains.Customers;

/// <summary>Times in requests: RFC 3339 with a zone.</summary>
internal static partial class TimeText
{
    public const string Rule = "Must be an RFC 3339 time such as 2026-01-31T12:00:00Z.";

    private static readonly string[] Forms =
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>UTC, whole milliseconds; null when the text is no such time.</summary>
    public static DateTimeOffset? Parse(string text) =>
        DateTimeOffset.TryParseExact(
            text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        && Zone().IsMatch(text)
            ? DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds())
            : null;

    /// <summary>A time without zone would be read as this machine's.</summary>
    [GeneratedRegex(@"(Z|[+-][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex Zone();
}
