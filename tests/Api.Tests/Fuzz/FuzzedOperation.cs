using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerGrains.Api.Tests.Fuzz;

/// <summary>What the fuzzer takes from the document about one operation.</summary>
/// <param name="Answers">By status: media type and schema of the body; null without one.</param>
/// <param name="Query">Names, and whether they are required.</param>
/// <param name="Types">JSON types of the body's members.</param>
/// <param name="Required">Members that the body must have.</param>
internal sealed record FuzzedOperation(
    string Method, string Path, bool NeedsToken,
    IReadOnlyDictionary<int, (string Type, Schema Schema)?> Answers,
    (string Name, bool Required)[] Query, JsonObject? Example, string BodyType,
    IReadOnlyDictionary<string, string[]> Types, string[] Required)
{
    public string Name => $"{Method} {Path}";

    /// <summary>Takes headers of commands: an idempotency key counts.</summary>
    public bool IsCommand { get; private init; }

    /// <summary>The role that may; null where anybody may.</summary>
    public string? Role => !NeedsToken ? null
        : Path.StartsWith("/api/utc", StringComparison.Ordinal) ? "utc"
        : Path.StartsWith("/api/utb", StringComparison.Ordinal) ? "utb"
        : Path.StartsWith("/api/utd", StringComparison.Ordinal) ? "utd"
        : Path.StartsWith("/api/admin", StringComparison.Ordinal) ? "uta"
        : "uts";

    public static FuzzedOperation[] AllOf(JsonElement document)
    {
        var known = new Dictionary<string, Schema>();
        return
        [
            .. from path in document.GetProperty("paths").EnumerateObject()
               from operation in path.Value.EnumerateObject()
               select Of(document, operation.Name, path.Name, operation.Value, known),
        ];
    }

    private static FuzzedOperation Of(
        JsonElement document, string method, string path, JsonElement operation,
        Dictionary<string, Schema> known)
    {
        var body = BodyOf(operation);
        var schema = body is { } b ? Resolved(document, b.Value.GetProperty("schema")) : default;
        return new FuzzedOperation(
            method.ToUpperInvariant(), path, operation.TryGetProperty("security", out _),
            operation.GetProperty("responses").EnumerateObject().ToDictionary(
                r => int.Parse(r.Name, CultureInfo.InvariantCulture), r => AnswerOf(document, r.Value, known)),
            [
                .. Parameters(operation, "query").Select(p => (
                    p.GetProperty("name").GetString()!,
                    p.TryGetProperty("required", out var must) && must.GetBoolean())),
            ],
            ExampleOf(body), body?.Name ?? "application/json", TypesOf(schema),
            schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("required", out var r)
                ? [.. r.EnumerateArray().Select(e => e.GetString()!)]
                : [])
        {
            IsCommand = Parameters(operation, "header")
                .Any(p => p.GetProperty("name").GetString() == "Idempotency-Key"),
        };
    }

    private static IEnumerable<JsonElement> Parameters(JsonElement operation, string place) =>
        operation.TryGetProperty("parameters", out var all)
            ? all.EnumerateArray().Where(p => p.GetProperty("in").GetString() == place)
            : [];

    private static (string, Schema)? AnswerOf(
        JsonElement document, JsonElement answer, Dictionary<string, Schema> known)
    {
        if (!answer.TryGetProperty("content", out var content)) return null;
        var type = content.EnumerateObject().First();
        return (type.Name, Schema.Of(document, type.Value.GetProperty("schema"), known));
    }

    private static JsonElement Resolved(JsonElement document, JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference)
            ? reference.GetString()!.Split('/')[1..]
                .Aggregate(document, (e, step) => e.GetProperty(step))
            : schema;

    private static Dictionary<string, string[]> TypesOf(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object
        && schema.TryGetProperty("properties", out var members)
            ? members.EnumerateObject().ToDictionary(m => m.Name, m => TypeOf(m.Value))
            : [];

    private static string[] TypeOf(JsonElement member) =>
        !member.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array
            ? [.. type.EnumerateArray().Select(t => t.GetString()!)]
            : [type.GetString()!];

    private static JsonObject? ExampleOf(JsonProperty? body)
    {
        if (body is not { } found) return null;
        return found.Value.TryGetProperty("example", out var example)
            ? JsonNode.Parse(example.GetRawText()) as JsonObject
            : [];
    }

    /// <summary>JSON where there is a choice: it comes first.</summary>
    private static JsonProperty? BodyOf(JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body)
            ? body.GetProperty("content").EnumerateObject()
                .MinBy(one => one.Name, StringComparer.Ordinal)
            : null;
}
