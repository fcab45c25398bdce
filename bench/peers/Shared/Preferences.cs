using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerGrains.Bench.Shared;

/// <summary>Notification preferences, kept as JSON text.</summary>
public static class Preferences
{
    public const string Default = """{"email":true,"sms":true,"push":true}""";

    /// <param name="changes">Null: back to the defaults. A null flag removes its key.</param>
    public static string Merge(string current, string? changes)
    {
        if (changes is null) return Default;
        var merged = JsonNode.Parse(current)!.AsObject();
        foreach (var (key, flag) in JsonNode.Parse(changes)!.AsObject())
        {
            if (flag is null) merged.Remove(key);
            else merged[key] = flag.DeepClone();
        }

        return merged.ToJsonString();
    }

    public static bool AreFlags(JsonElement value) =>
        value.ValueKind is JsonValueKind.Object && value.EnumerateObject().All(
            flag => flag.Value.ValueKind
                is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null);
}
