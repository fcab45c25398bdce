namespace CustomerGrains.Storage.Geo;

/// <summary>Cells that hold all places within a distance: a square of nine around the place, each
/// at least as wide and high as the distance.</summary>
internal static class GeoCover
{
    private const double MetresPerDegree = 6_371_008.8 * Math.PI / 180;
    private const double DegreesToRadians = Math.PI / 180;

    public static (long[] Lows, long[] Highs) Of(double latitude, double longitude, double metres)
    {
        var level = LevelFor(latitude, metres);
        var (column, row, side) = (
            GeoCell.Column(longitude, level), GeoCell.Row(latitude, level), 1L << level);
        var squares = new HashSet<(long, long)>();
        for (var dy = -1; dy <= 1; dy++)
        {
            // No place lies beyond a pole; beyond the date line the columns begin anew.
            if (row + dy < 0 || row + dy >= side) continue;
            for (var dx = -1; dx <= 1; dx++)
                squares.Add(((column + dx + side) % side, row + dy));
        }

        var ranges = squares.Select(s => GeoCell.Square(s.Item1, s.Item2, level)).ToArray();
        return ([.. ranges.Select(r => r.Low)], [.. ranges.Select(r => r.High)]);
    }

    /// <summary>The finest one whose cells are large enough, also where they are the narrowest:
    /// in the row nearer to the pole.</summary>
    private static int LevelFor(double latitude, double metres)
    {
        for (var level = GeoCell.Levels; level > 0; level--)
        {
            var height = 180.0 / (1L << level);
            var edge = Math.Min(90, Math.Abs(latitude) + 2 * height);
            var width = 2 * height * Math.Cos(edge * DegreesToRadians);
            if (Math.Min(height, width) * MetresPerDegree >= metres) return level;
        }

        return 0;
    }
}
