using System.Globalization;
using System.Text.Json;

namespace CustomerGrains.Api.Tests.Fuzz;

/// <summary>A schema of the document, made ready for many checks. It knows the words that our
/// document uses; another one would throw, so that none is passed over.</summary>
internal sealed class Schema
{
    private static readonly HashSet<string> Told =
        ["description", "example", "default", "title", "deprecated"];

    private readonly HashSet<string> _types = [];
    private readonly Dictionary<string, Schema> _members = [];
    private readonly List<string> _required = [];
    private readonly List<Schema> _alternatives = [];
    private readonly HashSet<string> _values = [];
    private Schema? _items;
    private Schema? _others;
    private bool _isClosed;
    private string? _format;

    private Schema()
    {
    }

    /// <param name="known">Made from references so far; schemas may contain themselves.</param>
    public static Schema Of(
        JsonElement document, JsonElement schema, Dictionary<string, Schema> known)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var path = reference.GetString()!;
            if (known.TryGetValue(path, out var same)) return same;
            known[path] = same = new Schema();
            var at = path.Split('/')[1..].Aggregate(document, (e, step) => e.GetProperty(step));
            same.Read(document, at, known);
            return same;
        }

        var made = new Schema();
        made.Read(document, schema, known);
        return made;
    }

    /// <returns>What does not fit; null when all does.</returns>
    public string? Violation(JsonElement value, string at = "$")
    {
        if (_alternatives.Count > 0)
            return _alternatives.Any(a => a.Violation(value, at) is null)
                ? null
                : $"{at} fits no alternative";
        if (_types.Count > 0 && !_types.Contains(TypeOf(value, _types)))
            return $"{at} is {value.ValueKind}, not {string.Join(" or ", _types)}";
        if (_values.Count > 0 && !_values.Contains(value.GetRawText()))
            return $"{at} is none of {string.Join(", ", _values)}";
        return value.ValueKind switch
        {
            JsonValueKind.Object => OfMembers(value, at),
            JsonValueKind.Array when _items is not null =>
                value.EnumerateArray().Select((e, i) => _items.Violation(e, $"{at}[{i}]"))
                    .FirstOrDefault(v => v is not null),
            JsonValueKind.String => OfFormat(value, at),
            _ => null,
        };
    }

    private string? OfMembers(JsonElement value, string at)
    {
        foreach (var name in _required)
            if (!value.TryGetProperty(name, out _)) return $"{at}.{name} is missing";
        if (_members.Count == 0 && _others is null) return null;
        foreach (var member in value.EnumerateObject())
        {
            var schema = _members.GetValueOrDefault(member.Name) ?? _others;
            if (schema is null)
            {
                if (_isClosed || _members.Count > 0) return $"{at}.{member.Name} is not described";
                continue;
            }

            if (schema.Violation(member.Value, $"{at}.{member.Name}") is { } inside) return inside;
        }

        return null;
    }

    private string? OfFormat(JsonElement value, string at)
    {
        var text = value.GetString()!;
        var fits = _format switch
        {
            "uuid" => Guid.TryParseExact(text, "D", out _),
            "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
            "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _),
            _ => true,
        };
        return fits ? null : $"{at} is no {_format}";
    }

    private static string TypeOf(JsonElement value, HashSet<string> wanted) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => "null",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.String => "string",
            JsonValueKind.Array => "array",
            JsonValueKind.Object => "object",
            _ => wanted.Contains("integer") && value.TryGetInt64(out _) ? "integer" : "number",
        };

    private void Read(JsonElement document, JsonElement schema, Dictionary<string, Schema> known)
    {
        foreach (var word in schema.EnumerateObject())
        {
            switch (word.Name)
            {
                case "type" when word.Value.ValueKind == JsonValueKind.Array:
                    foreach (var one in word.Value.EnumerateArray()) _types.Add(one.GetString()!);
                    break;
                case "type": _types.Add(word.Value.GetString()!); break;
                case "format": _format = word.Value.GetString(); break;
                case "items": _items = Of(document, word.Value, known); break;
                case "enum":
                    foreach (var one in word.Value.EnumerateArray()) _values.Add(one.GetRawText());
                    break;
                case "required":
                    _required.AddRange(word.Value.EnumerateArray().Select(e => e.GetString()!));
                    break;
                case "properties":
                    foreach (var member in word.Value.EnumerateObject())
                        _members[member.Name] = Of(document, member.Value, known);
                    break;
                case "additionalProperties" when word.Value.ValueKind == JsonValueKind.False:
                    _isClosed = true;
                    break;
                case "additionalProperties" when word.Value.ValueKind == JsonValueKind.Object:
                    _others = Of(document, word.Value, known);
                    break;
                case "oneOf" or "anyOf":
                    _alternatives.AddRange(
                        word.Value.EnumerateArray().Select(e => Of(document, e, known)));
                    break;
                default:
                    if (!Told.Contains(word.Name))
                        throw new NotSupportedException($"{word.Name} in {schema}");
                    break;
            }
        }
    }
}
