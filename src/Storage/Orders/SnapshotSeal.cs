using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Storage.Orders;

/// <summary>An order's snapshot as its column holds it: the members of the API, each personal value
/// sealed by itself and bound to its member.</summary>
/// <remarks>Stored format: add members, never rename or reuse.</remarks>
internal static class SnapshotSeal
{
    private static readonly SealedColumn Name = Column("name");
    private static readonly SealedColumn Phone = Column("phone");
    private static readonly SealedColumn Email = Column("email");
    private static readonly SealedColumn Label = Column("address.label");
    private static readonly SealedColumn Line1 = Column("address.line1");
    private static readonly SealedColumn Line2 = Column("address.line2");
    private static readonly SealedColumn City = Column("address.city");
    private static readonly SealedColumn State = Column("address.state");
    private static readonly SealedColumn PostalCode = Column("address.postal_code");
    private static readonly SealedColumn Country = Column("address.country");
    private static readonly SealedColumn Latitude = Column("address.latitude");
    private static readonly SealedColumn Longitude = Column("address.longitude");

    public static string Write(DataKey key, CustomerSnapshot snapshot)
    {
        var json = new JsonObject
        {
            ["name"] = Seal(key, Name, snapshot.Name),
            ["phone"] = Seal(key, Phone, snapshot.Phone),
            ["email"] = Seal(key, Email, snapshot.Email),
            ["address"] = snapshot.Address is { } address ? Write(key, address) : null,
            ["taken_at"] = snapshot.TakenAt.ToString("O", CultureInfo.InvariantCulture),
        };
        return json.ToJsonString();
    }

    /// <param name="key">Null: it was destroyed, and with it what it sealed.</param>
    public static CustomerSnapshot Read(DataKey? key, string text)
    {
        using var document = JsonDocument.Parse(text);
        var json = document.RootElement;
        if (key is null) return new CustomerSnapshot { TakenAt = ReadTime(json) };
        var address = json.GetProperty("address");
        return new CustomerSnapshot
        {
            Name = Open(key, Name, json, "name"),
            Phone = Open(key, Phone, json, "phone"),
            Email = Open(key, Email, json, "email"),
            Address = address.ValueKind == JsonValueKind.Null ? null : ReadAddress(key, address),
            TakenAt = ReadTime(json),
        };
    }

    private static DateTimeOffset ReadTime(JsonElement json) => DateTimeOffset.ParseExact(
        json.GetProperty("taken_at").GetString()!, "O", CultureInfo.InvariantCulture);

    private static JsonObject Write(DataKey key, AddressDetails address) => new()
    {
        ["label"] = Seal(key, Label, address.Label),
        ["line1"] = Seal(key, Line1, address.Line1),
        ["line2"] = Seal(key, Line2, address.Line2),
        ["city"] = Seal(key, City, address.City),
        ["state"] = Seal(key, State, address.State),
        ["postal_code"] = Seal(key, PostalCode, address.PostalCode),
        ["country"] = Seal(key, Country, address.Country),
        ["latitude"] = Seal(key, Latitude, Text(address.Latitude)),
        ["longitude"] = Seal(key, Longitude, Text(address.Longitude)),
    };

    private static AddressDetails ReadAddress(DataKey key, JsonElement json) => new()
    {
        Label = Open(key, Label, json, "label")!,
        Line1 = Open(key, Line1, json, "line1"),
        Line2 = Open(key, Line2, json, "line2"),
        City = Open(key, City, json, "city"),
        State = Open(key, State, json, "state"),
        PostalCode = Open(key, PostalCode, json, "postal_code"),
        Country = Open(key, Country, json, "country")!,
        Latitude = Number(Open(key, Latitude, json, "latitude")),
        Longitude = Number(Open(key, Longitude, json, "longitude")),
    };

    private static JsonValue? Seal(DataKey key, SealedColumn column, string? plain) =>
        key.Seal(column, plain) is { } value
            ? JsonValue.Create(Convert.ToBase64String(value))
            : null;

    private static string? Open(
        DataKey key, SealedColumn column, JsonElement json, string member) =>
        json.GetProperty(member) is { ValueKind: JsonValueKind.String } value
            ? key.OpenText(column, value.GetBytesFromBase64())
            : null;

    private static string? Text(decimal? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static decimal? Number(string? text) =>
        text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);

    private static SealedColumn Column(string member) => new("orders.customer_snapshot." + member);
}
