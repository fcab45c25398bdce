using System.Buffers.Binary;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Customers;

namespace CustomerGrains.Grains.Imports;

/// <summary>An address in a line of an import.</summary>
internal static class AddressLine
{
    public static readonly string[] Members =
    [
        "label", "line1", "line2", "city", "state", "postal_code", "country", "latitude",
        "longitude",
    ];

    public static AddressDetails Parse(Validation v, LineReader line, CustomerOptions options)
    {
        var draft = new GrainInterfaces.AddressEdit
        {
            Label = Text(line, "label"),
            Line1 = Text(line, "line1"),
            Line2 = Text(line, "line2"),
            City = Text(line, "city"),
            State = Text(line, "state"),
            PostalCode = Text(line, "postal_code"),
            Country = Text(line, "country"),
            Latitude = Number(line, "latitude"),
            Longitude = Number(line, "longitude"),
        };
        var own = new Validation();
        var details = AddressParser.Parse(own, draft, options)
            .Over(new AddressDetails { Country = options.DefaultCountry });
        foreach (var error in own.Errors) v.Refuse(line.PathOf(error.Member), error.Message);
        return details;
    }

    /// <summary>The same for the same customer and place each time.</summary>
    public static Guid IdOf(Guid customer, int place)
    {
        Span<byte> bytes = stackalloc byte[16];
        customer.TryWriteBytes(bytes, bigEndian: true, out _);
        var last = BinaryPrimitives.ReadInt32BigEndian(bytes[12..]);
        BinaryPrimitives.WriteInt32BigEndian(bytes[12..], last ^ (place + 1));
        return new Guid(bytes, bigEndian: true);
    }

    private static Patch<string> Text(LineReader line, string name) =>
        line.Text(name) is { } text ? Patch<string>.To(text) : default;

    private static Patch<decimal?> Number(LineReader line, string name) =>
        line.Number(name) is { } number ? Patch<decimal?>.To(number) : default;
}
