using System.Net;
using System.Text;

namespace CustomerGrains.Bench.Driver.Load;

/// <summary>The system under load, and the people whose tokens there are.</summary>
/// <param name="url"><c>http://127.0.0.1:PORT</c>.</param>
/// <param name="tokens">File with a token a line, and others with endings beside it.</param>
internal sealed class Target(string url, string tokens)
{
    public IPEndPoint End { get; } = new(IPAddress.Loopback, new Uri(url).Port);

    public string[] Customers { get; } = File.ReadAllLines(tokens);

    /// <summary>The order system's.</summary>
    public string[] Systems { get; } = File.ReadAllLines(tokens + "-systems");

    public string[] Admins { get; } = File.ReadAllLines(tokens + "-admins");

    /// <summary>A token and the path of the order that its rider polls.</summary>
    public (string Token, string Path)[] Polls { get; } =
        [.. File.ReadLines(tokens + "-riders").Select(Split)];

    public static byte[] Request(
        string method, string path, string token, string? body = null, string? key = null)
    {
        var text = new StringBuilder()
            .Append(method).Append(' ').Append(path).Append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        if (token.Length > 0) text.Append("Authorization: Bearer ").Append(token).Append("\r\n");
        if (key is not null) text.Append("Idempotency-Key: ").Append(key).Append("\r\n");
        if (body is not null)
        {
            text.Append("Content-Type: application/json\r\nContent-Length: ")
                .Append(Encoding.UTF8.GetByteCount(body)).Append("\r\n\r\n").Append(body);
        }
        else
        {
            text.Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static byte[] Edit(string token, string name, string? key = null) =>
        Request("PATCH", "/api/utc/profile", token, $$"""{"name":"{{name}}"}""", key);

    private static (string Token, string Path) Split(string line)
    {
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        return (line[..tab], line[(tab + 1)..]);
    }
}
