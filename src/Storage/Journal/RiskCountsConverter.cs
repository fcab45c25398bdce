using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;

namespace CustomerGrains.Storage.Journal;

/// <summary>Counts as an object by sign. Stored format: signs are never renamed.</summary>
internal sealed class RiskCountsConverter : JsonConverter<RiskCounts>
{
    public override RiskCounts Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        RiskCounts.From(JsonSerializer.Deserialize<Dictionary<string, int>>(ref reader)!
            .Select(c => KeyValuePair.Create(StoredWords.ParseRiskSign(c.Key), c.Value)));

    public override void Write(
        Utf8JsonWriter writer, RiskCounts value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (sign, times) in value.BySign) writer.WriteNumber(sign.Name(), times);
        writer.WriteEndObject();
    }
}
