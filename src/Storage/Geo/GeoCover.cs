namespace CustomerGrains.Storage.Geo;

/// <summary>Cells that hold all places within a distance: those that a box around the circle
/// touches. Small ones, or most of what they hold would be too far away.</summary>
public static class GeoCover
{
    /// <summary>Cells at most: each is a search in the index. There are some twenty to sixty, and
    /// together they are two to three times as large as the circle.</summary>
    private const long SquaresMax = 64;

    private const double MetresPerDegree = 6_371_008.8 * Math.PI / 180;
    private const double DegreesToRadians = Math.PI / 180;

    /// <summary>Degrees added to all sides, a tenth of a millimetre: for rounding.</summary>
    private const double Slack = 1e-9;

    public static (long[] Lows, long[] Highs) Of(double latitude, double longitude, double metres)
    {
        var height = metres / MetresPerDegree + Slack;
        var (south, north) = (latitude - height, latitude + height);
        var width = WidthOf(latitude, height);
        var level = GeoCell.Levels;
        while (level > 0 && Count(level) > SquaresMax) level--;

        var side = 1L << level;
        var ranges = new List<(long Low, long High)>();
        for (var row = GeoCell.Row(south, level); row <= GeoCell.Row(north, level); row++)
        {
            var (first, columns) = Columns(longitude, width, level);
            // Beyond the date line the columns begin anew.
            for (var column = first; column < first + columns; column++)
                ranges.Add(GeoCell.Square((column % side + side) % side, row, level));
        }

        return ([.. ranges.Select(r => r.Low)], [.. ranges.Select(r => r.High)]);

        long Count(int cut) => Columns(longitude, width, cut).Count
            * (GeoCell.Row(north, cut) - GeoCell.Row(south, cut) + 1);
    }

    /// <summary>How far the circle reaches to the east and the west, in degrees: everywhere, when
    /// a pole is in it.</summary>
    private static double WidthOf(double latitude, double height) =>
        Math.Abs(latitude) + height >= 90
            ? 180
            : Math.Asin(Math.Min(1, Math.Sin(height * DegreesToRadians)
                / Math.Cos(latitude * DegreesToRadians))) / DegreesToRadians + Slack;

    private static (long First, long Count) Columns(double longitude, double width, int level)
    {
        var side = 1L << level;
        var first = Column(longitude - width);
        return (first, Math.Min(Column(longitude + width) - first + 1, side));

        long Column(double degrees) => (long)Math.Floor((degrees + 180) / 360 * side);
    }
}
