using System.Collections.Immutable;

namespace CustomerGrains.Domain.Customers;

/// <summary>Wanted changes of an address, each within its own rules.</summary>
public sealed record AddressEdit
{
    public Edit<string> Label { get; init; }
    public Edit<string?> Line1 { get; init; }
    public Edit<string?> Line2 { get; init; }
    public Edit<string?> City { get; init; }
    public Edit<string?> State { get; init; }
    public Edit<string?> PostalCode { get; init; }
    public Edit<string> Country { get; init; }
    public Edit<decimal?> Latitude { get; init; }
    public Edit<decimal?> Longitude { get; init; }

    public AddressDetails Over(AddressDetails current) => new()
    {
        Label = Label.Over(current.Label),
        Line1 = Line1.Over(current.Line1),
        Line2 = Line2.Over(current.Line2),
        City = City.Over(current.City),
        State = State.Over(current.State),
        PostalCode = PostalCode.Over(current.PostalCode),
        Country = Country.Over(current.Country),
        Latitude = Latitude.Over(current.Latitude),
        Longitude = Longitude.Over(current.Longitude),
    };

    /// <summary>Rules that concern several members: coordinates come in pairs, and without them
    /// line1, city and postal_code are needed to find the door.</summary>
    internal static ImmutableArray<InvalidMember> Flaws(AddressDetails details)
    {
        var validation = new Validation();
        if (details.Latitude is null != details.Longitude is null)
        {
            var lacking = details.Latitude is null ? "latitude" : "longitude";
            validation.Refuse(lacking, "Latitude and longitude are given together or not at all.");
        }

        if (details.Latitude is null || details.Longitude is null)
        {
            const string needed = "Required unless coordinates are given.";
            if (details.Line1 is null) validation.Refuse("line1", needed);
            if (details.City is null) validation.Refuse("city", needed);
            if (details.PostalCode is null) validation.Refuse("postal_code", needed);
        }

        return validation.Errors;
    }
}
