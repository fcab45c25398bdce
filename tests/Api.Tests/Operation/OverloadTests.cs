using System.Net.Sockets;
using System.Text;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Operation;

/// <summary>What is too much is refused in a way that a client understands.</summary>
public sealed class OverloadTests(ServiceFixture service)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_BeyondThoseUnderWay_IsToldToComeAgain()
    {
        await using var second =
            await SecondApi.Start(service, ("Api__RequestsInFlightMax", "1"));
        using var slow = new TcpClient();
        await slow.ConnectAsync(
            second.Api.BaseAddress.Host, second.Api.BaseAddress.Port, Cancellation);
        await using var stream = slow.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "POST /api/auth/guest HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            + "Connection: close\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"),
            Cancellation);
        using var answer = new StreamReader(stream, Encoding.ASCII);
        // It reads the body: so it is under way.
        (await answer.ReadLineAsync(Cancellation)).ShouldBe("HTTP/1.1 100 Continue");

        var beyond = await second.Api.Post("/api/auth/guest", "{}");
        var health = await second.Api.Get("/health/ready");
        await stream.WriteAsync("{}"u8.ToArray(), Cancellation);
        (await answer.ReadToEndAsync(Cancellation)).ShouldContain("HTTP/1.1 201 Created");
        var after = await second.Api.Post("/api/auth/guest", "{}");

        beyond.ShouldBeProblem(503, "try-again");
        beyond.Header("Retry-After").ShouldBe("1");
        ((int)health.Status).ShouldBe(200);
        ((int)after.Status).ShouldBe(201);
    }

    [Theory]
    [InlineData(8 * 1024, 404)]
    [InlineData(8 * 1024 + 1, 414)]
    public async Task Target_TooLong_IsAProblem(int length, int status)
    {
        var answer = await service.Api.Get("/" + new string('a', length - 1));
        answer.ShouldBeProblem(status, status == 414 ? "target-too-long" : "not-found");
    }

    [Theory]
    [InlineData(60, 401)]
    [InlineData(70, 431)]
    public async Task Headers_TooMany_AreAProblem(int count, int status)
    {
        var call = new Call("GET", "/api/utc/profile")
        {
            Headers = [.. Enumerable.Range(0, count).Select(n => ($"X-Header-{n}", "1"))],
        };
        (await service.Api.Send(call)).ShouldBeProblem(
            status, status == 431 ? "too-many-headers" : "token-missing");
    }

    /// <summary>See docs/adr/0022: the server itself refuses these, and says nothing.</summary>
    [Theory]
    [InlineData(17 * 1024, 1, 414)]
    [InlineData(10, 17 * 1024, 431)]
    public async Task Target_OrHeadersBeyondTheServersOwnLimits_AreRefusedWithoutABody(
        int target, int header, int status)
    {
        var call = new Call("GET", "/" + new string('a', target))
        {
            Headers = [("X-Header", new string('a', header))],
        };
        var answer = await service.Api.Send(call);
        ((int)answer.Status).ShouldBe(status);
        answer.Text.ShouldBeEmpty();
    }
}
