using System.Collections.Immutable;
using System.Globalization;
using CustomerGrains.Domain;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Grains.Geo;

/// <summary>A place and a distance, or what is wrong with them.</summary>
internal readonly record struct Nearby(decimal Latitude, decimal Longitude, int Metres)
{
    private const int MetresMax = 50_000;
    private const int MetresDefault = 1_000;
    private const NumberStyles Degrees =
        NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;

    public static (Nearby Nearby, ImmutableArray<MemberError> Errors) Parse(NearestQuery query)
    {
        var v = new Validation();
        var nearby = new Nearby(
            Degree(v, "latitude", query.Latitude, 90),
            Degree(v, "longitude", query.Longitude, 180),
            Metre(v, query.RadiusM));
        return (nearby, [.. v.Errors.Select(e => new MemberError(e.Member, e.Message))]);
    }

    private static decimal Degree(Validation v, string member, string? typed, int max)
    {
        if (decimal.TryParse(typed, Degrees, CultureInfo.InvariantCulture, out var degrees)
            && Math.Abs(degrees) <= max)
            return degrees;
        v.Refuse(member, $"Required: degrees from -{max} to {max}.");
        return 0;
    }

    private static int Metre(Validation v, string? typed)
    {
        if (typed is null) return MetresDefault;
        if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var metres)
            && metres is >= 1 and <= MetresMax)
            return metres;
        v.Refuse("radius_m", $"Must be a whole number of metres from 1 to {MetresMax}.");
        return 0;
    }
}
