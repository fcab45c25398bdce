using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Storage.Privacy;

/// <summary>What is at hand while an export is written.</summary>
internal sealed record ExportScope(Utf8JsonWriter Writer, DataKey Key, KeyRing Keys)
{
    public static readonly JsonSerializerOptions Snake = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

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
