using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CustomerGrains.Api.Tests.Http;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Operation;

/// <summary>Whoever sends slowly, hugely or endlessly takes nothing from others: bounded memory, and
/// answers to everybody else in time.</summary>
[Trait("Section", "S9")]
public sealed class ResourceLimitTests(ITestOutputHelper output)
{
    /// <summary>Connections that send a byte now and then.</summary>
    private const int SlowClients = 200;

    private const int HugeBytes = 10 * 1024 * 1024;

    /// <summary>Requests of each kind of attack.</summary>
    private const int Attacks = 40;

    /// <summary>What all attacks together may cost, in bytes: far below one that would hold 40
    /// bodies of 10 MB.</summary>
    private const long MemoryMax = 200L * 1024 * 1024;

    /// <summary>Of an ordinary request meanwhile, on a machine that tests keep busy.</summary>
    private static readonly TimeSpan SlowestAnswer = TimeSpan.FromSeconds(5);

    /// <summary>Type of the HTTP/2 frame that ends a connection (RFC 9113, 6.8).</summary>
    private const char GoAway = (char)7;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Service_UnderSlowHugeAndEndlessRequests_ServesTheOthers()
    {
        await using var service = await RunningService.Start();
        using var api = new ApiClient(service.BaseAddress);
        var customer = await api.CreateGuest();
        for (var n = 0; n < Attacks; n++) await customer.Edit("""{"name":"Warm"}""");
        var before = Memory(service);
        using var stop = new CancellationTokenSource();
        var slow = Enumerable.Range(0, SlowClients)
            .Select(n => Trickle(service.BaseAddress, n % 2 == 0, stop.Token)).ToArray();
        var served = Serve(customer, stop.Token);

        await Task.WhenAll(Enumerable.Range(0, Attacks).Select(n => (n % 4) switch
        {
            0 => HugeBody(customer),
            1 => HugeHeaders(service.BaseAddress),
            2 => DeepBody(customer),
            _ => HugePage(customer),
        }));
        (await Http2(service.BaseAddress))[3].ShouldBe(GoAway);
        // The server gives up on each of them by itself.
        var closed = await Task.WhenAll(slow);

        await stop.CancelAsync();
        var (answers, longest) = await served;
        var grown = Memory(service) - before;
        output.WriteLine(Scoreboard.Add("S9",
            ("slow_clients", SlowClients), ("attacks", Attacks), ("answered", answers),
            ("closed", closed.Count(c => c)), ("longest_answer_seconds", longest.TotalSeconds),
            ("memory_mb", grown / 1024 / 1024)));
        closed.ShouldAllBe(c => c);
        longest.ShouldBeLessThan(SlowestAnswer);
        grown.ShouldBeLessThan(MemoryMax);
    }

    private static async Task HugeBody(Customer customer)
    {
        var body = "{\"name\":\"" + new string('x', HugeBytes) + "\"}";
        try
        {
            (await customer.Edit(body)).ShouldBeProblem(413, "body-too-large");
        }
        catch (HttpRequestException)
        {
            // It was told before it had sent all, and the connection is gone.
        }
    }

    private static async Task HugeHeaders(Uri api)
    {
        var headers = string.Concat(
            Enumerable.Range(0, 10_000).Select(n => $"X-Header-{n}: value\r\n"));
        (await Raw(api, $"GET /health/live HTTP/1.1\r\nHost: a\r\n{headers}\r\n"))
            .ShouldBeOneOf("HTTP/1.1 431 Request Header Fields Too Large", "");
    }

    private static async Task DeepBody(Customer customer) => (await customer.Edit(
        "{\"name\":" + new string('[', 30_000) + new string(']', 30_000) + "}"))
        .ShouldBeProblem(400, "malformed-body");

    private static async Task HugePage(Customer customer) => (await customer.Get(
        "/api/utc/addresses?limit=999999999")).ShouldBeProblem(400, "invalid-member", "limit");

    /// <summary>Without TLS there is no HTTP/2, and with that no rapid reset of its streams: the
    /// first frame says so.</summary>
    private static Task<string> Http2(Uri api) => Raw(api, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    /// <returns>The first line of the answer.</returns>
    private static async Task<string> Raw(Uri api, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(api.Host, api.Port, Cancellation);
        await using var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Cancellation);
            using var answer = new StreamReader(stream, Encoding.ASCII);
            return await answer.ReadLineAsync(Cancellation) ?? "";
        }
        catch (IOException)
        {
            return ""; // refused while it was still being sent
        }
    }

    /// <summary>Sends headers, or a body, byte by byte until the server has enough of it.</summary>
    /// <returns>Whether it had.</returns>
    private static async Task<bool> Trickle(Uri api, bool headers, CancellationToken stop)
    {
        const string Start = "POST /api/auth/guest HTTP/1.1\r\nHost: a\r\n";
        using var client = new TcpClient();
        await client.ConnectAsync(api.Host, api.Port, Cancellation);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(headers
            ? Start
            : Start + "Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n{"), stop);
        var closed = stream.ReadAsync(new byte[1024], stop).AsTask();
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(40))
        {
            if (await Task.WhenAny(closed, Task.Delay(500, stop)) == closed) return true;
            try
            {
                await stream.WriteAsync(headers ? "X"u8.ToArray() : " "u8.ToArray(), stop);
            }
            catch (IOException)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An ordinary customer, all the time.</summary>
    private static async Task<(int Answers, TimeSpan Longest)> Serve(
        Customer customer, CancellationToken stop)
    {
        var (answers, longest) = (0, TimeSpan.Zero);
        while (!stop.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            (await customer.Edit($$"""{"name":"Edit {{answers}}"}""")).ShouldBe(HttpStatusCode.OK);
            var took = Stopwatch.GetElapsedTime(started);
            if (took > longest) longest = took;
            answers++;
            await Task.Delay(20, CancellationToken.None);
        }

        return (answers, longest);
    }

    private static long Memory(RunningService service)
    {
        using var process = service.Silo(0).Find()!;
        return process.WorkingSet64;
    }
}
