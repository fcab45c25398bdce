using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace CustomerGrains.Api.Tests.Fuzz;

/// <summary>Requests that no HTTP client would send, byte by byte over connections of their own.
/// </summary>
internal sealed class RawFuzz(Uri api, string token, Random random)
{
    /// <summary>Who has not answered by then waits for the rest of the request.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);

    private static readonly string[] Pieces =
    [
        "\r\n", "\n", "\0", " ", "\t", ":", "HTTP/1.1", "HTTP/9.9", "HTTP/1.0", "GET ", "POST ",
        "Transfer-Encoding: chunked\r\n", "Content-Length: 5\r\n", "Content-Length: -1\r\n",
        "Content-Length: 99999999999999999999\r\n", "Transfer-Encoding: gzip\r\n", "Host: \r\n",
        "Host: a\r\nHost: b\r\n", "Expect: 100-continue\r\n", "Connection: close\r\n",
        "Upgrade: h2c\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "ffffffffff\r\n", "0\r\n\r\n",
        "X-Forwarded-For: ';--\r\n", "Authorization: Bearer \r\n", "/../../etc/passwd", "%00", "%ff",
        "\u00e9", "http://other.example/", "*",
    ];

    /// <summary>By status, how often; 0: no answer.</summary>
    public Dictionary<int, int> Seen { get; } = [];

    public async Task Run(int connections)
    {
        for (var n = 0; n < connections; n++)
        {
            foreach (var status in await Exchange(Bytes()))
                Seen[status] = Seen.GetValueOrDefault(status) + 1;
        }
    }

    /// <summary>A good request in which pieces were put in, cut out or changed.</summary>
    private byte[] Bytes()
    {
        const string Body = """{"name":"Asha Rao"}""";
        var text = "PATCH /api/utc/profile HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + $"Authorization: Bearer {token}\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {Body.Length}\r\n\r\n{Body}";
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var at = random.Next(text.Length);
            text = random.Next(3) switch
            {
                0 => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
                1 => text.Remove(at, random.Next(Math.Min(40, text.Length - at))),
                _ => text[..at] + (char)random.Next(256) + text[(at + 1)..],
            };
            if (text.Length == 0) text = "\n";
        }

        return Encoding.Latin1.GetBytes(text);
    }

    private async Task<List<int>> Exchange(byte[] bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(api.Host, api.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(bytes);
        using var patience = new CancellationTokenSource(Patience);
        var answer = new StringBuilder();
        var buffer = new byte[8192];
        try
        {
            while (await stream.ReadAsync(buffer, patience.Token) is > 0 and var read)
                answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Reset, or kept open: what came until then counts.
        }

        List<int> statuses =
        [
            .. answer.ToString().Split("HTTP/1.1 ").Skip(1)
                .Select(part => int.TryParse(
                    part.AsSpan(0, Math.Min(3, part.Length)), CultureInfo.InvariantCulture, out var s)
                    ? s : 0),
        ];
        return statuses.Count == 0 ? [0] : statuses;
    }
}
