using System.Text.Json;

namespace CustomerGrains.Bench.Driver;

/// <summary>The members of a JSON object with their JSON types, sorted: two systems whose answers
/// print the same have the same shape.</summary>
internal static class Members
{
    public static int Run(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        Console.WriteLine(Shape(document.RootElement));
        return 0;
    }

    private static string Shape(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', element.EnumerateObject()
            .OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => member.Name + ":" + Shape(member.Value))) + "}",
        JsonValueKind.True or JsonValueKind.False => "flag",
        var kind => kind.ToString(),
    };
}
