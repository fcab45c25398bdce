using System.Text;
using System.Text.Json.Nodes;
using CustomerGrains.Api.Tests.Http;

namespace CustomerGrains.Api.Tests.Fuzz;

/// <summary>Makes requests that are right, or wrong in one known way, or wrong in any way.</summary>
internal sealed class Mutations(Random random)
{
    private static readonly string[] StrangeMembers =
    [
        "__proto__", "constructor", "$where", "isAdmin", "role", "customer_tier ", "Name",
        "tokens_valid_after", "deleted_at", "merged_into", "",
    ];

    private readonly ValidCalls _valid = new(random);
    private readonly JsonGenerator _json = new(random);

    public FuzzedCall Next(FuzzedOperation operation, FuzzPeople people)
    {
        var call = _valid.Of(operation, people);
        var isJson = operation is { Example: not null, BodyType: "application/json" };
        return random.Next(100) switch
        {
            < 40 => new(operation, call, Expected.GoodForm, "valid"),
            < 60 when isJson => OneMember(operation, call, people),
            < 68 when isJson => Unknown(operation, call, people),
            < 75 when isJson && operation.Types.Count > 0 => WrongType(operation, call, people),
            < 78 when isJson && operation.Required.Length > 0 => Missing(operation, call, people),
            < 81 when isJson => Twice(operation, call, people),
            < 84 when isJson => Garbage(operation, call),
            < 86 when operation.Example is not null => new(
                operation, call with { ContentType = HeaderText() }, Expected.Anything, "type"),
            < 89 => new(operation, call with { Key = HeaderText() }, Expected.Anything, "key"),
            < 91 => new(operation, call with { IfMatch = HeaderText() }, Expected.Anything, "match"),
            < 93 when operation.Role is not null => new(
                operation, call with { Token = NoToken(call) }, Expected.NoEntry, "token"),
            < 95 when operation.Role is { } role => new(
                operation, call with { Token = people.Tokens[OtherThan(role)] },
                Expected.WrongRole, "role"),
            < 96 => new(
                operation, call with { Method = random.Next(2) == 0 ? "TRACE" : "BREW" },
                Expected.NoSuchMethod, "method"),
            < 98 => new(
                operation, call with { Path = StrangePath(operation) }, Expected.Anything, "path"),
            _ => new(operation, call with { Path = StrangeQuery(call, operation) },
                Expected.Anything, "query"),
        };
    }

    private FuzzedCall OneMember(FuzzedOperation operation, Call call, FuzzPeople people)
    {
        var body = _valid.BodyOf(operation, people)!;
        if (body.Count == 0) return Garbage(operation, call);
        var chosen = body.ElementAt(random.Next(body.Count)).Key;
        var members = body.Where(m => m.Key != chosen)
            .Select(m => $"{JsonGenerator.Quote(m.Key)}:{m.Value?.ToJsonString() ?? "null"}")
            .Append($"{JsonGenerator.Quote(chosen)}:{_json.Value(body[chosen])}");
        return new(operation, call.With("{" + string.Join(',', members) + "}"),
            Expected.Anything, $"member {chosen}");
    }

    private FuzzedCall Unknown(FuzzedOperation operation, Call call, FuzzPeople people)
    {
        var body = _valid.BodyOf(operation, people)!;
        var name = StrangeMembers[random.Next(StrangeMembers.Length)];
        if (operation.Types.ContainsKey(name)) name = "nobody";
        body[name] = JsonNode.Parse(random.Next(2) == 0 ? "null" : "{\"admin\":true}");
        return new(operation, call.With(body.ToJsonString()), Expected.BadRequest, $"unknown {name}");
    }

    private FuzzedCall WrongType(FuzzedOperation operation, Call call, FuzzPeople people)
    {
        var body = _valid.BodyOf(operation, people)!;
        var (name, types) = operation.Types.ElementAt(random.Next(operation.Types.Count));
        (string Type, string Value)[] values =
        [
            ("string", "\"x\""), ("number", "1.5"), ("boolean", "true"), ("array", "[1]"),
            ("object", "{\"a\":1}"),
        ];
        var wrong = values.Where(v => !types.Contains(v.Type)
            && !(v.Type == "number" && types.Contains("integer"))).ToArray();
        body[name] = JsonNode.Parse(wrong[random.Next(wrong.Length)].Value);
        return new(operation, call.With(body.ToJsonString()), Expected.BadRequest, $"type of {name}");
    }

    private FuzzedCall Missing(FuzzedOperation operation, Call call, FuzzPeople people)
    {
        var body = _valid.BodyOf(operation, people)!;
        var name = operation.Required[random.Next(operation.Required.Length)];
        body.Remove(name);
        return new(operation, call.With(body.ToJsonString()), Expected.Refusal, $"without {name}");
    }

    private FuzzedCall Twice(FuzzedOperation operation, Call call, FuzzPeople people)
    {
        var body = _valid.BodyOf(operation, people)!;
        if (body.Count == 0) return Garbage(operation, call);
        var (name, value) = body.ElementAt(random.Next(body.Count));
        var text = body.ToJsonString()[..^1]
            + $",{JsonGenerator.Quote(name)}:{value?.ToJsonString() ?? "null"}}}";
        return new(operation, call.With(text), Expected.BadRequest, $"twice {name}");
    }

    private FuzzedCall Garbage(FuzzedOperation operation, Call call)
    {
        var bytes = random.Next(3) switch
        {
            0 => Encoding.UTF8.GetBytes(_json.Garbage()),
            1 => Flipped(call.Body ?? []),
            _ => Cut(call.Body ?? []),
        };
        return new(operation, call with { Body = bytes }, Expected.Anything, "garbage");
    }

    /// <summary>One bit is another, as on a bad line.</summary>
    private byte[] Flipped(byte[] body)
    {
        if (body.Length == 0) return body;
        var flipped = (byte[])body.Clone();
        flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        return flipped;
    }

    private byte[] Cut(byte[] body) => body[..random.Next(body.Length + 1)];

    private string? NoToken(Call call) => random.Next(4) switch
    {
        0 => null,
        1 => HeaderText(),
        2 => call.Token![..^5] + "AAAAA", // another signature
        _ => Swapped(call.Token!),
    };

    /// <summary>Another payload under the same signature.</summary>
    private string Swapped(string token)
    {
        var parts = token.Split('.');
        var place = random.Next(parts[1].Length - 2);
        var other = parts[1][place] == 'A' ? 'B' : 'A';
        return $"{parts[0]}.{parts[1][..place]}{other}{parts[1][(place + 1)..]}.{parts[2]}";
    }

    private string OtherThan(string role)
    {
        string[] others = [.. new[] { "utc", "utb", "uta", "utd", "uts" }.Where(r => r != role)];
        return others[random.Next(others.Length)];
    }

    /// <summary>Without a zero character, which the server refuses before any code of ours.
    /// </summary>
    private string StrangePath(FuzzedOperation operation)
    {
        var id = Short(_json.Text()).Replace("\0", "", StringComparison.Ordinal)
            .Replace("%00", "", StringComparison.Ordinal);
        // None at all is another operation.
        return operation.Path.Replace(
            "{id}", Uri.EscapeDataString(id.Length == 0 ? "x" : id), StringComparison.Ordinal);
    }

    private string StrangeQuery(Call call, FuzzedOperation operation)
    {
        var names = operation.Query.Select(q => q.Name).Append("limit").Append("nobody").ToArray();
        var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
            $"{names[random.Next(names.Length)]}={Uri.EscapeDataString(Short(_json.Text()))}");
        return call.Path.Split('?')[0] + "?" + string.Join('&', parts);
    }

    /// <summary>Beyond 16 KiB the server answers without a body, before any code of ours.</summary>
    private static string Short(string text) => text.Length > 1000 ? text[..1000] : text;

    /// <summary>What an HTTP client can put into a header.</summary>
    private string HeaderText() =>
        new([.. _json.Text().Where(c => c is >= ' ' and <= '~').Take(300)]);
}
