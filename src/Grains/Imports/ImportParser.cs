using System.Collections.Immutable;
using System.Text.Json;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Grains.Contacts;
using CustomerGrains.Grains.Customers;
using CustomerGrains.Storage;
using CustomerGrains.Storage.Imports;

namespace CustomerGrains.Grains.Imports;

/// <summary>Reads a line of an import by the rules of the API: the same members, the same values.
/// </summary>
internal sealed class ImportParser(CustomerOptions options, TimeProvider time)
{
    private static readonly JsonDocumentOptions Strict = new()
    {
        MaxDepth = 16,
        AllowDuplicateProperties = false,
    };

    private static readonly string[] Members =
        ["external_id", "name", "phone", "email", "date_of_birth", "addresses"];

    public ImportRow Parse(string line)
    {
        if (line == ImportChunk.TooLong)
            return ImportRow.Refused("line-too-long", "The line is longer than 64 KiB.");
        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return Parse(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter for a text with half a surrogate pair.
        }

        return ImportRow.Refused("malformed-line", "The line is not one JSON object in UTF-8.");
    }

    private ImportRow Parse(JsonElement row)
    {
        var v = new Validation();
        var reader = new LineReader(v, row, "");
        if (!reader.HasOnly(Members)) return Unknown();
        var externalId = TextRules.Line(
            v, "external_id", reader.Text("external_id"), Limits.ExternalIdLengthMax);
        var name = TextRules.Line(v, "name", reader.Text("name"), Limits.NameLengthMax);
        var phone = Contact(v, "phone", reader.Text("phone"), PhoneParser.Parse, PhoneParser.Rule);
        var email = Contact(v, "email", reader.Text("email"), EmailParser.Parse, EmailParser.Rule);
        var today = DateOnly.FromDateTime(time.UtcNowInMilliseconds().UtcDateTime);
        var born = TextRules.PastDate(v, "date_of_birth", reader.Text("date_of_birth"), today);
        var addresses = ImmutableArray.CreateBuilder<AddressDetails>();
        foreach (var address in reader.Objects("addresses", Limits.AddressesPerCustomerMax))
        {
            if (!address.HasOnly(AddressLine.Members)) return Unknown();
            addresses.Add(AddressLine.Parse(v, address, options));
        }

        if (!v.IsClean) return ImportRow.Invalid(v.Errors);
        var details = addresses.DrainToImmutable();
        return new ImportRow(
            customer => new CustomerCommand.Import(
                name, phone, email, born,
                [.. details.Select((d, i) => new NewAddress(AddressLine.IdOf(customer, i), d))]),
            externalId)
        {
            Claims =
            [
                .. new[] { ("id:", externalId), ("", phone), ("", email) }
                    .Where(claim => claim.Item2 is not null)
                    .Select(claim => claim.Item1 + claim.Item2),
            ],
        };
    }

    private static string? Contact(
        Validation v, string member, string? typed, Func<string, string?> parse, string rule)
    {
        if (typed is null) return null;
        var contact = typed.Length == 0 ? null : parse(typed);
        if (contact is null) v.Refuse(member, rule);
        return contact;
    }

    // Which ones is not said: a name can be anything.
    private static ImportRow Unknown() =>
        ImportRow.Refused("unknown-member", "The line has members that there are not.");
}
