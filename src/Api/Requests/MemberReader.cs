using System.Collections.Immutable;
using System.Text.Json;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Requests;

/// <summary>Takes members out of one JSON object, checking JSON types only; value rules are the
/// grain's.</summary>
internal sealed class MemberReader(JsonElement members, string prefix = "")
{
    private readonly List<MemberError> errors = [];

    public ImmutableArray<MemberError> Errors => [.. errors];

    public bool IsClean => errors.Count == 0;

    public void Refuse(string name, string message) =>
        errors.Add(new MemberError(prefix + name, message));

    public Patch<string> Text(string name) =>
        Take(name, "Expected a string of valid Unicode without U+0000.",
            value => Unicode.TryRead(value, out var text) ? text : null);

    public Patch<decimal?> Number(string name) =>
        Take<decimal?>(name, "Expected a number.",
            value => value.ValueKind is JsonValueKind.Number && value.TryGetDecimal(out var number)
                ? number
                : null);

    public Patch<long?> Integer(string name) =>
        Take<long?>(name, "Expected a whole number.",
            value => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var number)
                ? number
                : null);

    public Patch<bool?> Flag(string name) => Take(name, "Expected true or false.", FlagOf);

    public Patch<ImmutableArray<KeyValuePair<string, bool?>>> Flags(string name)
    {
        if (!members.TryGetProperty(name, out var value)) return default;
        if (value.ValueKind is JsonValueKind.Null) return new(true, default);
        if (value.ValueKind is not JsonValueKind.Object)
        {
            Refuse(name, "Expected an object.");
            return default;
        }

        return new(true, [.. value.EnumerateObject().Select(flag => FlagIn(name, flag))]);
    }

    /// <summary>A list of texts that must be there.</summary>
    public ImmutableArray<string> RequiredTexts(string name)
    {
        if (!members.TryGetProperty(name, out var value)
            || value.ValueKind is not JsonValueKind.Array)
        {
            Refuse(name, "Required: an array of strings.");
            return [];
        }

        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var item in value.EnumerateArray())
        {
            if (Unicode.TryRead(item, out var text)) texts.Add(text);
            else
            {
                Refuse(name, "Expected strings of valid Unicode without U+0000.");
                break;
            }
        }

        return texts.DrainToImmutable();
    }

    /// <summary>An object that must be there, as JSON text.</summary>
    public string RequiredDocument(string name)
    {
        if (members.TryGetProperty(name, out var value)
            && value.ValueKind is JsonValueKind.Object)
            return value.GetRawText();
        Refuse(name, "Required: an object.");
        return "{}";
    }

    /// <summary>An object with members of its own; null when it is absent or null.</summary>
    public T? Object<T>(string name, Func<MemberReader, T> read) where T : class
    {
        if (!members.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null)
            return null;
        if (value.ValueKind is not JsonValueKind.Object)
        {
            Refuse(name, "Expected an object.");
            return null;
        }

        var inside = new MemberReader(value, $"{prefix}{name}.");
        var found = read(inside);
        errors.AddRange(inside.errors);
        return found;
    }

    /// <summary>A list of objects with members of their own that must be there. Reading stops at
    /// the first that is not as it should be.</summary>
    public ImmutableArray<T> RequiredObjects<T>(string name, Func<MemberReader, T> read)
    {
        if (!members.TryGetProperty(name, out var value)
            || value.ValueKind is not JsonValueKind.Array)
        {
            Refuse(name, "Required: an array of objects.");
            return [];
        }

        var found = ImmutableArray.CreateBuilder<T>();
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind is not JsonValueKind.Object)
            {
                Refuse(name, "Expected objects.");
                break;
            }

            var inside = new MemberReader(item, $"{prefix}{name}[{found.Count}].");
            found.Add(read(inside));
            errors.AddRange(inside.errors);
            if (!inside.IsClean) break;
        }

        return found.DrainToImmutable();
    }

    /// <summary>A UUID; null when it is absent or null.</summary>
    public Guid? Id(string name) => Text(name).Value is null ? null : RequiredId(name);

    /// <summary>False, and refused, when the member is absent; null counts as there.</summary>
    public void RequirePresence(string name)
    {
        if (!members.TryGetProperty(name, out _)) Refuse(name, "Required; may be null.");
    }

    /// <summary>A text that must be there.</summary>
    public string RequiredText(string name)
    {
        var errorsBefore = errors.Count;
        var text = Text(name).Value;
        if (text is null && errors.Count == errorsBefore) Refuse(name, "Required.");
        return text ?? "";
    }

    /// <summary>A UUID that must be there.</summary>
    public Guid RequiredId(string name)
    {
        var errorsBefore = errors.Count;
        var text = RequiredText(name);
        if (Guid.TryParse(text, out var id)) return id;
        if (errors.Count == errorsBefore) Refuse(name, "Expected a UUID.");
        return Guid.Empty;
    }

    private KeyValuePair<string, bool?> FlagIn(string parent, JsonProperty flag)
    {
        var value = FlagOf(flag.Value);
        if (value is null && flag.Value.ValueKind is not JsonValueKind.Null)
            Refuse(parent, "Expected true, false or null for every member.");
        return new(flag.Name, value);
    }

    private static bool? FlagOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private Patch<T> Take<T>(string name, string expectation, Func<JsonElement, T?> read)
    {
        if (!members.TryGetProperty(name, out var value)) return default;
        if (value.ValueKind is JsonValueKind.Null) return Patch<T>.To(default);
        if (read(value) is { } found) return Patch<T>.To(found);
        Refuse(name, expectation);
        return default;
    }
}
