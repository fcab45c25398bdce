using System.Net;
using CustomerGrains.Api.Tests.Http;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Operation;

/// <summary>What differs outside Development.</summary>
public sealed class ProductionTests(ServiceFixture service)
{
    private static readonly (string, string) Production = ("ASPNETCORE_ENVIRONMENT", "Production");
    private static readonly (string, string) DotnetProduction =
        ("DOTNET_ENVIRONMENT", "Production");

    [Fact]
    public async Task Development_Helpers_AreAbsent()
    {
        await using var second = await SecondApi.Start(service, Production, DotnetProduction);

        var token = await second.Api.Post(
            "/dev/token", $$"""{"role":"uta","sub":"{{Guid.NewGuid()}}"}""");
        var messages = await second.Api.Get("/dev/messages?to=a@example.com");
        var document = await second.Api.Get("/openapi/v1.json");

        token.ShouldBeProblem(404, "not-found");
        messages.ShouldBeProblem(404, "not-found");
        document.ShouldBe(HttpStatusCode.OK).Text.ShouldNotContain("/dev/");
    }

    [Fact]
    public async Task Guests_BeyondTheAddressLimit_AreRefused()
    {
        await using var second = await SecondApi.Start(service, Production, DotnetProduction,
            ("RateLimits__GuestsPerMinute", "3"), ("RateLimits__SignInStartsPerMinute", "2"));

        var guests = new List<Answer>();
        for (var i = 0; i < 4; i++) guests.Add(await second.Api.Post("/api/auth/guest", "{}"));
        var starts = new List<Answer>();
        for (var i = 0; i < 3; i++)
        {
            starts.Add(await second.Api.Post(
                "/api/auth/otp", ApiClient.StartOf("email", Contacts.NewEmail())));
        }

        guests[..3].ShouldAllBe(answer => answer.Status == HttpStatusCode.Created);
        ShouldBeLimited(guests[3], "3");
        starts[..2].ShouldAllBe(answer => answer.Status == HttpStatusCode.Accepted);
        ShouldBeLimited(starts[2], "2");
    }

    [Fact]
    public async Task Undos_BeyondTheAddressLimit_AreRefused()
    {
        await using var second = await SecondApi.Start(
            service, Production, DotnetProduction, ("RateLimits__UndosPerMinute", "2"));

        var undos = new List<Answer>();
        for (var i = 0; i < 3; i++)
        {
            undos.Add(await second.Api.Post(
                "/api/contact-undo", $$"""{"token":"{{new string('A', 43)}}"}"""));
        }

        undos[..2].ShouldAllBe(answer => answer.Status != HttpStatusCode.TooManyRequests);
        ShouldBeLimited(undos[2], "2");
    }

    [Theory]
    [InlineData("", 429)] // Nobody is trusted: all calls come from one address.
    [InlineData("127.0.0.0/8", 201)]
    public async Task ForwardedFor_IsTakenFromTrustedProxiesOnly(string networks, int status)
    {
        await using var second = await SecondApi.Start(service, Production, DotnetProduction,
            ("RateLimits__GuestsPerMinute", "1"), ("TrustedProxies__Networks", networks));

        await second.Api.Send(GuestFrom("203.0.113.1"));
        var answer = await second.Api.Send(GuestFrom("203.0.113.2"));

        ((int)answer.Status).ShouldBe(status);
    }

    [Fact]
    public async Task StandardInput_Ending_StopsTheProcessGracefully()
    {
        await using var second = await SecondApi.Start(service);

        await second.EndInput();

        second.ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("Api__Port", "0")]
    [InlineData("Api__Port", "many")]
    [InlineData("Api__Address", "nowhere")]
    [InlineData("Orleans__Gateways", "")]
    [InlineData("Orleans__Gateways", "127.0.0.1")]
    [InlineData("Auth__Audience", "")]
    [InlineData("Auth__Authority", "http://127.0.0.1:1")] // Outside Development: https only.
    [InlineData("Auth__Authority", "nonsense")]
    [InlineData("RateLimits__PerTokenBurst", "0")]
    [InlineData("Api__RequestsInFlightMax", "0")]
    [InlineData("Telemetry__SampleRatio", "2")]
    [InlineData("Telemetry__OtlpEndpoint", "here")]
    [InlineData("TrustedProxies__Networks", "anywhere")]
    public async Task Start_WithASettingThatMakesNoSense_Fails(string name, string value)
    {
        var exitCode = await SecondApi.FailToStart(
            service, Production, DotnetProduction, (name, value));

        exitCode.ShouldNotBe(0);
    }

    private static Call GuestFrom(string address) =>
        new Call("POST", "/api/auth/guest") { Headers = [("X-Forwarded-For", address)] }.With("{}");

    private static void ShouldBeLimited(Answer answer, string limit)
    {
        answer.ShouldBeProblem(429, "rate-limited");
        answer.Header("RateLimit-Limit").ShouldBe(limit);
        answer.Header("RateLimit-Remaining").ShouldBe("0");
        int.Parse(answer.Header("Retry-After")!, null).ShouldBeInRange(1, 60);
        answer.Header("RateLimit-Reset").ShouldBe(answer.Header("Retry-After"));
    }
}
