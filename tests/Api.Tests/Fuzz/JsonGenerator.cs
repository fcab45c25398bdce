using System.Text;
using System.Text.Json.Nodes;

namespace CustomerGrains.Api.Tests.Fuzz;

/// <summary>Random values: mostly near what is accepted, sometimes far from it.</summary>
internal sealed class JsonGenerator(Random random)
{
    private static readonly string[] Texts =
    [
        "", " ", "a", "Asha Rao", "other", "female", "1990-04-17", "1990-02-30", "en", "hi-IN",
        "IN", "411001", "image/png", "phone", "email", "+919812345678", "a@example.com", "null",
        "true", "0", "-1", "../../etc/passwd", "'; DROP TABLE users; --", "<script>", "{{7*7}}",
        "%00", "%s%n", "\u0000", "\u0001", "\u202e", "\ufeff", "\ud83d\ude00", "İı", "𝕬",
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
    ];

    private static readonly string[] Literals =
    [
        "null", "true", "false", "0", "-0", "1", "-1", "1.5", "90", "180.0000001", "1e308", "1e400",
        "-1e400", "9223372036854775807", "9223372036854775808", "0.1e-400", "[]", "{}", "[[]]",
        "{\"a\":{}}", "\"\\ud800\"", "\"\\u0000\"", "\"\\udc00x\"",
    ];

    /// <summary>A body with some of the members that the document names, as JSON text; now and
    /// then not JSON at all.</summary>
    public string Body(IReadOnlyList<string> members, JsonNode? example)
    {
        if (random.Next(20) == 0) return Garbage();
        var parts = new List<string>();
        foreach (var member in members)
        {
            if (random.Next(3) == 0) continue;
            parts.Add($"{Quote(Name(member))}:{Value(example?[member])}");
        }

        return "{" + string.Join(",", parts) + "}";
    }

    public string Text() => random.Next(8) == 0
        ? new string('x', random.Next(6000))
        : Texts[random.Next(Texts.Length)];

    private string Name(string member) => random.Next(25) == 0 ? Text() : member;

    public string Value(JsonNode? example) => random.Next(3) switch
    {
        0 => example?.ToJsonString() ?? "null",
        1 => Literals[random.Next(Literals.Length)],
        _ => Quote(Text()),
    };

    public string Garbage()
    {
        var bytes = new StringBuilder();
        for (var i = random.Next(40); i > 0; i--)
            bytes.Append("{}[]\",:\\ntruefals01eE+-. \u00e9"[random.Next(26)]);
        return bytes.ToString();
    }

    public static string Quote(string text) => JsonValue.Create(text).ToJsonString();
}
