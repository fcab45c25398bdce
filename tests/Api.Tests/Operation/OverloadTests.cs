using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Operation;

/// <summary>What is too much is refused in a way that a client understands.</summary>
[Trait("Section", "R8"), Trait("Section", "S9")]
public sealed class OverloadTests(ServiceFixture service)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Change_BeyondThoseUnderWay_IsToldToComeAgain_AndReadsAreAnswered()
    {
        await using var second =
            await SecondApi.Start(service, ("Api__RequestsInFlightMax", "1"));
        var customer = await second.Api.CreateGuest();
        using var import = await SlowSender.Start(second.Api, await ImportHead(second.Api));

        var beyond = await second.Api.Post("/api/auth/guest", "{}");
        var health = await second.Api.Get("/health/ready");
        var read = await second.Api.Get(Customer.ProfilePath, customer.Token);
        (await import.Finish()).ShouldContain("HTTP/1.1 202 Accepted");
        var after = await second.Api.Post("/api/auth/guest", "{}");

        beyond.ShouldBeProblem(503, "try-again");
        beyond.Header("Retry-After").ShouldBe("1");
        ((int)health.Status).ShouldBe(200);
        ((int)read.Status).ShouldBe(200);
        ((int)after.Status).ShouldBe(201);
    }

    [Theory]
    [InlineData("Content-Length: 2", "{}")]
    [InlineData("Transfer-Encoding: chunked", "2\r\n{}\r\n0\r\n\r\n")]
    public async Task SlowSender_HoldsNoPlace(string length, string body)
    {
        await using var second =
            await SecondApi.Start(service, ("Api__RequestsInFlightMax", "1"));
        using var slow = await SlowSender.Start(
            second.Api, "POST /api/auth/guest HTTP/1.1\r\nContent-Type: application/json\r\n" + length);

        var other = await second.Api.Post("/api/auth/guest", "{}");

        ((int)other.Status).ShouldBe(201);
        (await slow.Finish(body)).ShouldContain("HTTP/1.1 201 Created");
    }

    /// <summary>An import is under way while its lines come.</summary>
    private static async Task<string> ImportHead(ApiClient api) =>
        "POST /api/admin/imports HTTP/1.1\r\nContent-Type: application/x-ndjson\r\n"
        + $"Content-Length: 2\r\nAuthorization: Bearer {await api.Token("uta", Guid.NewGuid())}";

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
