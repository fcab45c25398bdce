namespace CustomerGrains.Storage.Geo;

/// <summary>Cells of the earth: geohashes as numbers of 60 bits. The same arithmetic as the
/// database's <c>geo_cell_of</c>.</summary>
public static class GeoCell
{
    /// <summary>Bits of a coordinate.</summary>
    public const int Levels = 30;

    /// <summary>Bits of a letter.</summary>
    private const int LetterBits = 5;

    private const int Bits = 2 * Levels;
    private const double Steps = 1L << Levels;
    private const string Letters = "0123456789bcdefghjkmnpqrstuvwxyz";

    public static long Of(double latitude, double longitude) =>
        Interleave(Column(longitude, Levels), Row(latitude, Levels));

    /// <summary>Bits that are cut off a cell to get that of so many letters.</summary>
    public static int ShiftFor(int letters) => Bits - LetterBits * letters;

    /// <summary>The geohash of a cell that was cut to so many letters.</summary>
    public static string Text(long cut, int letters) => string.Create(letters, cut, (text, cell) =>
    {
        for (var i = text.Length - 1; i >= 0; i--)
        {
            text[i] = Letters[(int)(cell & 31)];
            cell >>= LetterBits;
        }
    });

    /// <summary>The middle of a cell that was cut to so many letters, in degrees.</summary>
    public static (double Latitude, double Longitude) Centre(long cut, int letters)
    {
        var cell = cut << ShiftFor(letters);
        var bits = LetterBits * letters;
        // Of an odd number of bits, the longitude has one more.
        var (columns, rows) = ((bits + 1) / 2, bits / 2);
        var longitude = (Gather(cell >> 1) / Steps + 0.5 / (1L << columns)) * 360 - 180;
        var latitude = (Gather(cell) / Steps + 0.5 / (1L << rows)) * 180 - 90;
        return (latitude, longitude);
    }

    internal static long Column(double longitude, int level) =>
        Step((longitude + 180) / 360, level);

    internal static long Row(double latitude, int level) => Step((latitude + 90) / 180, level);

    /// <summary>All cells of a square of one level, as a range.</summary>
    internal static (long Low, long High) Square(long column, long row, int level)
    {
        var code = Interleave(column, row);
        var shift = Bits - 2 * level;
        return (code << shift, (code + 1) << shift);
    }

    private static long Step(double part, int level)
    {
        var steps = 1L << level;
        return Math.Clamp((long)Math.Floor(part * steps), 0, steps - 1);
    }

    private static long Interleave(long column, long row) => (Spread(column) << 1) | Spread(row);

    /// <summary>A blank before each bit.</summary>
    private static long Spread(long bits)
    {
        bits = (bits | (bits << 16)) & 0x0000_FFFF_0000_FFFF;
        bits = (bits | (bits << 8)) & 0x00FF_00FF_00FF_00FF;
        bits = (bits | (bits << 4)) & 0x0F0F_0F0F_0F0F_0F0F;
        bits = (bits | (bits << 2)) & 0x3333_3333_3333_3333;
        return (bits | (bits << 1)) & 0x5555_5555_5555_5555;
    }

    private static long Gather(long bits)
    {
        bits &= 0x5555_5555_5555_5555;
        bits = (bits | (bits >> 1)) & 0x3333_3333_3333_3333;
        bits = (bits | (bits >> 2)) & 0x0F0F_0F0F_0F0F_0F0F;
        bits = (bits | (bits >> 4)) & 0x00FF_00FF_00FF_00FF;
        bits = (bits | (bits >> 8)) & 0x0000_FFFF_0000_FFFF;
        return (bits | (bits >> 16)) & 0x0000_0000_FFFF_FFFF;
    }
}
