using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using MimeKit;

namespace CustomerGrains.Storage.Tests.Courier;

/// <summary>A real mail server in a process of its own: the npm package <c>smtp-server</c>, which
/// is installed beside the tests when they first need it.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web);

    private readonly Process _process;
    private readonly Task<IReadOnlyList<ReceivedMail>> _mails;

    private MailServer(Process process, int port)
    {
        (_process, Port) = (process, port);
        _mails = Collect();
    }

    public int Port { get; }

    /// <summary>Returns when it listens on 127.0.0.1.</summary>
    /// <exception cref="InvalidOperationException">Node or the package are missing.</exception>
    public static async Task<MailServer> Start(MailServerSetup setup)
    {
        var folder = await MailServerPackage.Install();
        var start = new ProcessStartInfo(
            "node", [Path.Combine(folder, "server.js"), JsonSerializer.Serialize(setup, Form)])
        {
            RedirectStandardInput = true, // its end takes the server with us
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var first = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("The mail server did not start.");
        var port = JsonDocument.Parse(first).RootElement.GetProperty("port").GetInt32();
        return new MailServer(process, port);
    }

    /// <summary>Ends it, unless it died.</summary>
    /// <returns>All it took, oldest first.</returns>
    public async Task<IReadOnlyList<ReceivedMail>> Close()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        return await _mails;
    }

    public async ValueTask DisposeAsync()
    {
        await Close();
        _process.Dispose();
    }

    private async Task<IReadOnlyList<ReceivedMail>> Collect()
    {
        var mails = new List<ReceivedMail>();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            mails.Add(JsonSerializer.Deserialize<ReceivedMail>(line, Form)!);
        return mails;
    }
}

/// <param name="Tls"><c>none</c>, <c>starttls</c> or <c>implicit</c>.</param>
/// <param name="Key">PEM, as the certificate; needed for TLS.</param>
/// <param name="Password">Null: no login is wanted.</param>
/// <param name="Dies">By its own hand: <c>within</c> a mail, or, with the mail taken,
/// <c>before the answer</c>.</param>
/// <param name="Port">0: any.</param>
internal sealed record MailServerSetup(
    string Tls = "none",
    string? Key = null,
    string? Certificate = null,
    string? User = null,
    string? Password = null,
    string? Dies = null,
    int Port = 0);

/// <param name="Tls">Whether it came through TLS.</param>
/// <param name="User">Who was logged in; null without a login.</param>
internal sealed record ReceivedMail(
    string From, IReadOnlyList<string> To, bool Tls, string? User, byte[] Content)
{
    [JsonIgnore]
    public MimeMessage Mail { get; } = MimeMessage.Load(new MemoryStream(Content));

    /// <summary>As a reader sees it.</summary>
    public string Text => Mail.TextBody?.TrimEnd() ?? "";
}
