using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Encodings.Web;
using System.Text.Json;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>The search that every test service ends with: it notices what tests use, reads what the
/// service writes, and finds what is planted there.</summary>
[Trait("Section", "S7")]
public sealed class CanaryTests
{
    private const string Phone = "+919812098120";
    private const string Email = "canary.bird@example.com";
    private const string Name = "Canary Bird 9812";
    private static readonly string[] WhatOperatorsWatch =
    [
        "customer_commit_batch_size", "customer_commit_duration", "customer_commit_queue",
        "customer_dead_letters", "customer_codes_shown", "outcome=\"OtpWrong\"",
        "purpose=\"SignIn\"", "purpose=\"ProfileUpdate\"",
    ];

    private const string Street = "98 Canary Row";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Logs_OfALifeOfACustomer_HoldNothingOfIt_AndAPlantedLineIsFound()
    {
        await using var service = await RunningService.Start();
        var (token, code) = await SignUp(service);
        var refresh = await Live(service, token);

        string[] values = [Phone, Email, Name, Street, token, refresh];
        foreach (var value in (string[])[.. values, code])
            Canaries.All.Knows(value).ShouldBeTrue(value);
        var metrics = await service.Client.GetStringAsync(new Uri(service.OpsAddress, "/metrics"));
        Canaries.All.FindInText(metrics).ShouldBeEmpty();
        foreach (var name in WhatOperatorsWatch) metrics.ShouldContain(name);
        service.KillPostgres(); // what fails is told in more words
        using (await Send(service, token, HttpMethod.Patch, "profile", new { name = Name })) { }
        await Eventually.Holds("the service is ready", service.IsReady, Cancellation);
        await service.Stop();
        service.CheckLogs().ShouldBeGreaterThan(0, "silos and database write something");

        var planted = Path.Combine(service.Logs, "planted.log");
        string[] lines =
        [
            .. values.Select(value => $"the customer {value} did something"),
            .. values.Select(value =>
                $$"""{"Message":"{{JavaScriptEncoder.Default.Encode(value)}}"}"""),
            .. values.Select(value => $"GET /dev/messages?to={Uri.EscapeDataString(value)}"),
            $"code {code}.",
            $$"""{"code":"{{code}}"}""",
        ];
        foreach (var line in lines)
        {
            await File.WriteAllTextAsync(planted, line, Cancellation);
            Should.Throw<InvalidOperationException>(() => { service.CheckLogs(); })
                .Message.ShouldContain(line);
        }

        File.Delete(planted);
    }

    private static async Task<(string Token, string Code)> SignUp(RunningService service)
    {
        using var asked = await service.Client.PostAsJsonAsync(
            "/api/auth/otp", new { channel = "phone", contact = Phone });
        var challenge = (await Json(asked)).GetProperty("challenge_id").GetString();
        var code = await Code(service, Phone);
        using var wrong = await service.Client.PostAsJsonAsync(
            "/api/auth/token",
            new { challenge_id = challenge, code = code == "000000" ? "000001" : "000000" });
        wrong.IsSuccessStatusCode.ShouldBeFalse();
        using var right = await service.Client.PostAsJsonAsync(
            "/api/auth/token", new { challenge_id = challenge, code });
        return ((await Json(right)).GetProperty("access_token").GetString()!, code);
    }

    /// <returns>A refresh token.</returns>
    private static async Task<string> Live(RunningService service, string token)
    {
        using var profile = await Send(
            service, token, HttpMethod.Patch, "profile",
            new { name = Name, date_of_birth = "1981-02-09" });
        profile.IsSuccessStatusCode.ShouldBeTrue();
        using var address = await Send(
            service, token, HttpMethod.Post, "addresses",
            new { line1 = Street, city = "Pune", postal_code = "411001" });
        address.IsSuccessStatusCode.ShouldBeTrue();
        using var refused = await Send(
            service, token, HttpMethod.Post, "addresses", new { line1 = Street, city = 7 });
        refused.IsSuccessStatusCode.ShouldBeFalse();
        using var asked = await Send(
            service, token, HttpMethod.Post, "profile/request-change",
            new { channel = "email", new_value = Email });
        var change = (await Json(asked)).GetProperty("change_id").GetString();
        using var changed = await Send(
            service, token, HttpMethod.Post, "profile/verify-change",
            new { change_id = change, code = await Code(service, Email) });
        changed.IsSuccessStatusCode.ShouldBeTrue();
        using var guest = await service.Client.PostAsJsonAsync("/api/auth/guest", new { });
        return (await Json(guest)).GetProperty("refresh_token").GetString()!;
    }

    private static async Task<string> Code(RunningService service, string contact)
    {
        string? code = null;
        await Eventually.Holds("the code arrives", async () =>
        {
            var mail = await service.Client.GetFromJsonAsync<JsonElement>(
                "/dev/messages?to=" + Uri.EscapeDataString(contact), Cancellation);
            foreach (var item in mail.GetProperty("items").EnumerateArray())
                code ??= item.GetProperty("code").GetString();
            return code is not null;
        }, Cancellation);
        return code!;
    }

    private static async Task<HttpResponseMessage> Send(
        RunningService service, string token, HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, "/api/utc/" + path)
        {
            Content = JsonContent.Create(body),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await service.Client.SendAsync(request, Cancellation);
    }

    private static Task<JsonElement> Json(HttpResponseMessage answer) =>
        answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
}
