using System.Net.Sockets;
using System.Text;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Operation;

/// <summary>A client whose body is long in coming.</summary>
internal sealed class SlowSender : IDisposable
{
    private readonly TcpClient connection = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Returns when somebody waits for the body.</summary>
    public static async Task<SlowSender> Start(ApiClient api, string head)
    {
        var sender = new SlowSender();
        await sender.connection.ConnectAsync(
            api.BaseAddress.Host, api.BaseAddress.Port, Cancellation);
        await sender.Write(
            head + "\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\n\r\n");
        var line = new byte["HTTP/1.1 100 Continue\r\n\r\n".Length];
        await sender.connection.GetStream().ReadExactlyAsync(line, Cancellation);
        Encoding.ASCII.GetString(line).ShouldBe("HTTP/1.1 100 Continue\r\n\r\n");
        return sender;
    }

    /// <returns>All of the answer.</returns>
    public async Task<string> Finish(string body = "{}")
    {
        await Write(body);
        using var answer = new StreamReader(connection.GetStream(), Encoding.ASCII);
        return await answer.ReadToEndAsync(Cancellation);
    }

    public void Dispose() => connection.Dispose();

    private ValueTask Write(string text) =>
        connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Cancellation);
}
