using System.Text.Json;
using CustomerGrains.Domain;

namespace CustomerGrains.Grains.Imports;

/// <summary>Takes members out of an object of a line and collects what is wrong.</summary>
/// <param name="prefix">Of members' names in what is collected.</param>
internal sealed class LineReader(Validation v, JsonElement members, string prefix)
{
    public bool HasOnly(string[] known) =>
        members.EnumerateObject().All(member => known.Contains(member.Name));

    /// <summary>Null when it is absent or null.</summary>
    public string? Text(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String
            && value.GetString() is { } text && !text.Contains('\0'))
            return text;
        Refuse(name, "Expected a string without U+0000.");
        return null;
    }

    public decimal? Number(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number))
            return number;
        Refuse(name, "Expected a number.");
        return null;
    }

    /// <summary>Empty when it is absent or null.</summary>
    public IEnumerable<LineReader> Objects(string name, int countMax)
    {
        if (Find(name) is not { } value) return [];
        if (value.ValueKind == JsonValueKind.Array
            && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.Object)
            && value.GetArrayLength() <= countMax)
        {
            return value.EnumerateArray()
                .Select((one, i) => new LineReader(v, one, $"{prefix}{name}[{i}]."));
        }

        Refuse(name, $"Expected an array of at most {countMax} objects.");
        return [];
    }

    public string PathOf(string name) => prefix + name;

    private JsonElement? Find(string name) =>
        members.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    private void Refuse(string name, string message) => v.Refuse(prefix + name, message);
}
