using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerGrains.Api.Tests.Fuzz;

/// <summary>What the fuzzer takes from the document about one operation.</summary>
internal sealed record FuzzedOperation(
    string Method, string Path, string[] Statuses, string[] Query, JsonNode? Example)
{
    public string Name => $"{Method} {Path}";

    public static FuzzedOperation Of(string method, string path, JsonElement operation) => new(
        method.ToUpperInvariant(),
        path,
        [.. operation.GetProperty("responses").EnumerateObject().Select(one => one.Name)],
        QueryOf(operation),
        ExampleOf(operation));

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
        if (!operation.TryGetProperty("requestBody", out var body)) return null;
        var json = body.GetProperty("content").GetProperty("application/json");
        return json.TryGetProperty("example", out var example)
            ? JsonNode.Parse(example.GetRawText())
            : new JsonObject();
    }
}
