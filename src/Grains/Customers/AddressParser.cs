using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;

namespace CustomerGrains.Grains.Customers;

/// <summary>The values of an address, each by its own rules.</summary>
internal static class AddressParser
{
    private const decimal LatitudeMax = 90;
    private const decimal LongitudeMax = 180;

    public static AddressEdit Parse(
        Validation v, GrainInterfaces.AddressEdit edit, CustomerOptions options) => new()
    {
        Label = edit.Label.Map(
            t => TextRules.Line(v, "label", t, Limits.AddressLabelLengthMax)
                ?? AddressDetails.DefaultLabel),
        Line1 = edit.Line1.Map(t => TextRules.Line(v, "line1", t, Limits.AddressLineLengthMax)),
        Line2 = edit.Line2.Map(t => TextRules.Line(v, "line2", t, Limits.AddressLineLengthMax)),
        City = edit.City.Map(t => TextRules.Line(v, "city", t, Limits.CityLengthMax)),
        State = edit.State.Map(t => TextRules.Line(v, "state", t, Limits.StateLengthMax)),
        PostalCode = edit.PostalCode.Map(
            t => TextRules.Line(v, "postal_code", t, Limits.PostalCodeLengthMax)),
        Country = edit.Country.Map(t => Country(v, t) ?? options.DefaultCountry),
        Latitude = edit.Latitude.Map(d => Degrees(v, "latitude", d, LatitudeMax)),
        Longitude = edit.Longitude.Map(d => Degrees(v, "longitude", d, LongitudeMax)),
    };

    private static string? Country(Validation v, string? code)
    {
        if (code is not null && !CountryCodes.Contains(code))
            v.Refuse("country", "Must be an ISO 3166-1 alpha-2 code such as IN.");
        return code;
    }

    private static decimal? Degrees(Validation v, string member, decimal? degrees, decimal max)
    {
        if (degrees is not { } value) return null;
        if (Math.Abs(value) > max)
            v.Refuse(member, $"Must lie between -{max} and {max} degrees.");
        return AddressDetails.Degrees(value);
    }
}
