using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests.Tracing;

/// <summary>One trace leads from the request to the seal over its journal row, also where these
/// happen in different processes.</summary>
public sealed class TracingTests
{
    private static readonly string[] Spans =
    [
        "PATCH /api/utc/profile", "customer.command", "customer.commit", "journal.stream",
        "audit.seal",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)] // the front end is a process of its own then
    public async Task Edit_OfATracedRequest_IsOneTraceOfFiveSpans_WithNothingPersonal(int silos)
    {
        await using var receiver = new OtlpReceiver();
        await using var service = await RunningService.Start(silos, settings: Settings(receiver));
        using var guest = new Caller(service.BaseAddress);
        var customer = await guest.BeGuest();
        // From here on each request is one: what is sent again would be a span more.
        await guest.Ask("GET", "/api/utc/profile");
        var traced = ActivityTraceId.CreateRandom().ToHexString();
        var untraced = ActivityTraceId.CreateRandom().ToHexString();
        var caller = ActivitySpanId.CreateRandom().ToHexString();

        await Edit(service, guest.Token!, "Canary Tracer 4711", $"00-{untraced}-{caller}-00");
        await Edit(service, guest.Token!, "Canary Tracer 4712", $"00-{traced}-{caller}-01");

        await Eventually.Holds(
            "all spans arrive", () => receiver.OfTrace(traced).Count >= Spans.Length, Cancellation);
        var spans = receiver.OfTrace(traced);
        spans.Select(s => s.Name).ShouldBe(Spans, ignoreOrder: true);
        var parent = caller;
        foreach (var name in Spans)
        {
            var span = spans.Single(s => s.Name == name);
            span.ParentId.ShouldBe(parent, name);
            parent = span.SpanId;
        }

        await service.Stop(); // sends what is left
        receiver.OfTrace(untraced).ShouldBeEmpty("its caller does not record it");
        Canaries.All.Knows("Canary Tracer 4712").ShouldBeTrue();
        Canaries.All.FindInText(receiver.Text).ShouldBeEmpty();
        receiver.Text.ShouldContain("http.route", Case.Sensitive, "the text can be read");
        receiver.Text.ShouldNotContain(customer.ToString());
        receiver.Spans.SelectMany(s => s.Tags).Distinct().Order().ShouldBe(
            ["customer.commit.result", "customer.events", "http.request.method",
             "http.response.status_code", "http.route"]);
    }

    /// <summary>Everything a caller records and nothing else, sent at once.</summary>
    private static Dictionary<string, string> Settings(OtlpReceiver receiver) => new()
    {
        ["Telemetry__OtlpEndpoint"] = receiver.Endpoint.ToString(),
        ["Telemetry__SampleRatio"] = 0.ToString(CultureInfo.InvariantCulture),
        ["Telemetry__TrustsCallers"] = "true",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100", // milliseconds
    };

    private static async Task Edit(
        RunningService service, string token, string name, string traceParent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/api/utc/profile")
        {
            Content = JsonContent.Create(new { name }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("traceparent", traceParent);
        using var answer = await service.Client.SendAsync(request, Cancellation);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
