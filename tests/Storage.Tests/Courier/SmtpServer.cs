using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CustomerGrains.Storage.Tests.Courier;

/// <summary>A mail server on a socket of this machine, as much of RFC 5321 as a client needs.
/// </summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public SmtpServer()
    {
        _listener.Start();
        _serving = Serve();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Refuse every recipient.</summary>
    public bool Refuses { get; set; }

    public List<string> Recipients { get; } = [];

    /// <summary>Whole messages as they came over the wire.</summary>
    public List<string> Messages { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await Talk(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException
            || (_stop.IsCancellationRequested && e is InvalidOperationException))
        {
            // The test is over.
        }
    }

    private async Task Talk(TcpClient client)
    {
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false))
        {
            NewLine = "\r\n",
            AutoFlush = true,
        };
        await writer.WriteLineAsync("220 test ready");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            var answer = line.Split(' ', ':')[0].ToUpperInvariant() switch
            {
                "EHLO" => "250-test\r\n250 8BITMIME",
                "RCPT" when Refuses => "550 no such user",
                "RCPT" => Note(line),
                "DATA" => "354 go on",
                "QUIT" => "221 bye",
                _ => "250 ok",
            };
            await writer.WriteLineAsync(answer);
            if (answer.StartsWith("354", StringComparison.Ordinal))
            {
                Messages.Add(await ReadMessage(reader));
                await writer.WriteLineAsync("250 taken");
            }

            if (answer.StartsWith("221", StringComparison.Ordinal)) return;
        }
    }

    private string Note(string line)
    {
        Recipients.Add(line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)]);
        return "250 ok";
    }

    private async Task<string> ReadMessage(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
            text.AppendLine(line);
        return text.ToString();
    }
}
