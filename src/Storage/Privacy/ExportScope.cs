using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Storage.Privacy;

/// <summary>What is at hand while an export is written.</summary>
/// <param name="Key">Of the customer whose rows are written.</param>
/// <param name="Family">Of everybody in the document: snapshots stay under the key of whoever
/// placed the order.</param>
internal sealed record ExportScope(
    Utf8JsonWriter Writer, DataKey Key, KeyRing Keys, IReadOnlyList<DataKey> Family)
{
    public static readonly JsonSerializerOptions Snake = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="customer">Null: whose rows are written.</param>
    /// <returns>Null when it is nobody's of the document.</returns>
    public DataKey? KeyOf(Guid? customer) => customer is null
        ? Key
        : Family.FirstOrDefault(k => k.CustomerId == customer);

    public void WriteMoney(decimal amount) =>
        Writer.WriteStringValue(amount.ToString("0.00", CultureInfo.InvariantCulture));

    /// <param name="text">Null when it could not be opened: what is damaged is missing, the rest is
    /// there.</param>
    public void WriteText(string? text) => Writer.WriteStringValue(text);

    public void WriteText(byte[]? utf8)
    {
        if (utf8 is null) Writer.WriteNullValue();
        else Writer.WriteStringValue(utf8);
    }

    public void WritePlain(object value) => JsonSerializer.Serialize(Writer, value, Snake);
}
