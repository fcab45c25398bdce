using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Operation;

public sealed class TokenLimitTests(ServiceFixture service)
{
    [Fact]
    public async Task AnyCalls_BeyondTheBurstOfOneToken_AreRefused()
    {
        await using var second = await SecondApi.Start(service,
            ("RateLimits__PerTokenAndSecond", "10"), ("RateLimits__PerTokenBurst", "20"));
        var busy = await second.Api.CreateGuest();
        var other = await second.Api.CreateGuest();

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => busy.Profile()));

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBeInRange(20, 50);
        var refused = answers.First(answer => answer.Status == HttpStatusCode.TooManyRequests);
        refused.ShouldBeProblem(429, "rate-limited");
        refused.Header("RateLimit-Limit").ShouldBe("10");
        refused.Header("RateLimit-Remaining").ShouldBe("0");
        refused.Header("RateLimit-Reset").ShouldBe("1");
        refused.Header("Retry-After").ShouldBe("1");
        (await other.Profile()).ShouldBe(HttpStatusCode.OK);
    }
}
