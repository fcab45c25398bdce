using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerGrains.Api.Tests.Fuzz;

/// <summary>What the fuzzer takes from the document about one operation.</summary>
internal sealed record FuzzedOperation(
    string Method, string Path, string[] Statuses, string[] Query, JsonNode? Example, string BodyType)
{
    public string Name => $"{Method} {Path}";

    public static FuzzedOperation Of(string method, string path, JsonElement operation) => new(
        method.ToUpperInvariant(),
        path,
        [.. operation.GetProperty("responses").EnumerateObject().Select(one => one.Name)],
        QueryOf(operation),
        ExampleOf(operation),
        BodyOf(operation)?.Name ?? "application/json");

    private static string[] QueryOf(JsonElement operation) =>
        !operation.TryGetProperty("parameters", out var parameters)
            ? []
            :
            [
                .. parameters.EnumerateArray()
                    .Where(one => one.GetProperty("in").GetString() == "query")
                    .Select(one => one.GetProperty("name").GetString()!),
            ];

    private static JsonNode? ExampleOf(JsonElement operation)
    {
        if (BodyOf(operation) is not { } body) return null;
        return body.Value.TryGetProperty("example", out var example)
            ? JsonNode.Parse(example.GetRawText())
            : new JsonObject();
    }

    /// <summary>JSON where there is a choice: it comes first.</summary>
    private static JsonProperty? BodyOf(JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body)
            ? body.GetProperty("content").EnumerateObject()
                .MinBy(one => one.Name, StringComparer.Ordinal)
            : null;
}
