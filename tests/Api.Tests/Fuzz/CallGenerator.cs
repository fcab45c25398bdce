using System.Text.Json.Nodes;
using CustomerGrains.Api.Tests.Http;

namespace CustomerGrains.Api.Tests.Fuzz;

/// <summary>Random calls of one customer.</summary>
internal sealed class CallGenerator(Random random, string token, Guid address)
{
    /// <summary>Request lines over 8 KiB never reach an operation: the server answers 414.
    /// </summary>
    private const int QueryTextMax = 1000;

    private readonly JsonGenerator json = new(random);

    public Call Next(FuzzedOperation operation)
    {
        var call = new Call(operation.Method, PathOf(operation))
        {
            Token = Mostly(token, HeaderText()),
            Key = random.Next(4) == 0 ? HeaderText() : null,
            IfMatch = random.Next(6) == 0 ? Mostly("*", HeaderText()) : null,
        };
        if (operation.Example is null) return call;
        call = call.With(json.Body(MembersOf(operation), operation.Example)) with
        {
            ContentType = operation.BodyType,
        };
        return random.Next(15) == 0 ? call with { ContentType = HeaderText() } : call;
    }

    private string PathOf(FuzzedOperation operation)
    {
        var id = Mostly(address.ToString(), Guid.NewGuid().ToString());
        var path = operation.Path.Replace("{id}", id, StringComparison.Ordinal);
        var query = operation.Query.Where(_ => random.Next(2) == 0)
            .Select(name => $"{name}={Uri.EscapeDataString(Cut(json.Text(), QueryTextMax))}");
        return path + "?" + string.Join("&", query);
    }

    /// <summary>Sometimes with members that a request cannot set.</summary>
    private string[] MembersOf(FuzzedOperation operation)
    {
        var members = ((JsonObject)operation.Example!).Select(member => member.Key);
        return [.. random.Next(6) == 0 ? members.Append("id").Append("phone") : members];
    }

    /// <summary>What an HTTP client can put into a header.</summary>
    private string HeaderText() =>
        new([.. json.Text().Where(c => c is >= ' ' and <= '~').Take(300)]);

    private static string Cut(string text, int length) =>
        text.Length > length ? text[..length] : text;

    private string Mostly(string usual, string other) => random.Next(10) == 0 ? other : usual;
}
