using System.Globalization;
using CustomerGrains.Storage.Access;

namespace CustomerGrains.Grains.History;

/// <summary>A place in an access log: time and id of the last entry seen.</summary>
internal static class AccessCursor
{
    public static string At(AccessPlace place) =>
        string.Create(CultureInfo.InvariantCulture, $"{place.At.UtcTicks}.{place.Id:N}");

    /// <summary>Null is the place before the first.</summary>
    public static bool TryParse(string? text, out AccessPlace? place)
    {
        place = null;
        if (text is null) return true;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point < 0
            || !long.TryParse(text.AsSpan(0, point), NumberStyles.None,
                CultureInfo.InvariantCulture, out var ticks)
            || ticks > DateTime.MaxValue.Ticks
            || !Guid.TryParseExact(text.AsSpan(point + 1), "N", out var id))
            return false;
        place = new AccessPlace(new DateTimeOffset(ticks, TimeSpan.Zero), id);
        return true;
    }
}
