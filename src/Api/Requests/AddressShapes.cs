using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Requests;

internal static class AddressShapes
{
    internal static readonly Member[] Fields =
    [
        new("label", MemberKind.Text, "What the customer calls it.", "\"Home\"", Nullable: true),
        new("line1", MemberKind.Text,
            "Street and number; required unless coordinates are given.", "\"12 Lake Road\"",
            Nullable: true),
        new("line2", MemberKind.Text, "Floor, flat, landmark.", "\"Flat 4B\"", Nullable: true),
        new("city", MemberKind.Text,
            "Required unless coordinates are given.", "\"Pune\"", Nullable: true),
        new("state", MemberKind.Text, "State or province.", "\"Maharashtra\"", Nullable: true),
        new("postal_code", MemberKind.Text,
            "1 to 16 characters; required unless coordinates are given.", "\"411001\"",
            Nullable: true),
        new("country", MemberKind.Text,
            "ISO 3166-1 alpha-2; null: the service's default.", "\"IN\"", Nullable: true),
        new("latitude", MemberKind.Number,
            "Degrees, WGS 84; together with longitude.", "18.5204", Nullable: true),
        new("longitude", MemberKind.Number,
            "Degrees, WGS 84; together with latitude.", "73.8567", Nullable: true),
    ];

    private static readonly string[] ReadOnly = ["id", "created_at", "updated_at"];

    public static readonly BodyShape<AddressEdit> Draft = new(
        [
            .. Fields,
            new("is_default", MemberKind.Flag,
                "True makes it the default; the first address is the default anyway.", "true",
                Nullable: true),
        ],
        ReadOnly,
        members => Read(members) with { IsDefault = members.Flag("is_default") });

    public static readonly BodyShape<AddressEdit> Edit =
        new(Fields, [.. ReadOnly, "is_default"], Read);

    /// <summary>The body that makes an address the default; it can say nothing else.</summary>
    public static readonly BodyShape<bool> MakeDefault = new(
        [new("is_default", MemberKind.Flag, "Only true is accepted.", "true", Required: true)],
        readOnly: [],
        members =>
        {
            var wanted = members.Flag("is_default");
            if (wanted is not { IsPresent: true, Value: true } && members.IsClean)
                members.Refuse("is_default", "Only true is accepted.");
            return true;
        });

    private static AddressEdit Read(MemberReader members) => new()
    {
        Label = members.Text("label"),
        Line1 = members.Text("line1"),
        Line2 = members.Text("line2"),
        City = members.Text("city"),
        State = members.Text("state"),
        PostalCode = members.Text("postal_code"),
        Country = members.Text("country"),
        Latitude = members.Number("latitude"),
        Longitude = members.Number("longitude"),
    };
}
