using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Operation;

public sealed class RoutingTests(ServiceFixture service)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/api")]
    [InlineData("/api/utc")]
    [InlineData("/api/utc/profiles")]
    [InlineData("/api/utc/profile/")]
    [InlineData("/metrics")]
    [InlineData("/dashboard")]
    [InlineData("/%00")]
    [InlineData("/problems/no-such-problem")]
    public async Task UnknownPath_IsAProblem(string path)
    {
        var answer = await service.Api.Get(path);

        if (path.EndsWith("profile/", StringComparison.Ordinal))
            answer.ShouldBeProblem(401, "token-missing"); // A trailing slash is the same path.
        else if (path == "/%00")
            ((int)answer.Status).ShouldBeInRange(400, 404);
        else
            answer.ShouldBeProblem(404, "not-found");
    }

    [Theory]
    [InlineData("DELETE", "/api/utc/profile", "GET, PATCH")]
    [InlineData("PUT", "/api/utc/addresses", "GET, POST")]
    [InlineData("GET", "/api/auth/otp", "POST")]
    [InlineData("POST", "/health/live", "GET")]
    [InlineData("BREW", "/api/utc/profile", "GET, PATCH")]
    public async Task UnknownMethod_IsAProblem(string method, string path, string allowed)
    {
        var answer = await service.Api.Send(new Call(method, path));

        answer.ShouldBeProblem(405, "method-not-allowed");
        answer.Header("Allow").ShouldBe(allowed);
    }

    [Fact]
    public async Task Problem_TypeLeadsToItsDescription()
    {
        var problem = await service.Api.Get("/nowhere");

        var page = await service.Api.Get(problem.Member("type"));

        page.ShouldBe(HttpStatusCode.OK).ContentType.ShouldBe("text/plain");
        page.Text.ShouldContain("not-found");
    }

    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task Health_OfARunningService_IsGood(string path, string status)
    {
        var answer = await service.Api.Get(path);

        answer.ShouldBe(HttpStatusCode.OK).Member("status").ShouldBe(status);
    }

    [Fact]
    public async Task Metrics_AreOnTheOperationsPortOnly()
    {
        using var operations = new ApiClient(service.OpsAddress);

        var metrics = await operations.Get("/metrics");
        var other = await operations.Get("/api/utc/profile");
        var hidden = await service.Api.Send(new Call("GET", "/metrics")
        {
            Headers = [("Host", service.OpsAddress.Authority)],
        });

        metrics.ShouldBe(HttpStatusCode.OK).Text.ShouldContain("http_server_request_duration");
        other.ShouldBe(HttpStatusCode.NotFound);
        hidden.ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Docs_PageAndScript_AreServedFromHere()
    {
        var page = await service.Api.Get("/docs/");
        var script = await service.Api.Get("/docs/scalar.js");

        page.ShouldBe(HttpStatusCode.OK).Text.ShouldNotContain("https://");
        script.ShouldBe(HttpStatusCode.OK).Body.Length.ShouldBeGreaterThan(100_000);
    }
}
