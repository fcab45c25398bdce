using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>A suspension ends by itself and once, whoever dies when its time is up.</summary>
public sealed class SuspensionKillTests
{
    /// <summary>Of one customer each; they end one after the other, also while nobody lives.
    /// </summary>
    private const int Suspensions = 20;

    private static readonly TimeSpan FirstEnd = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan BetweenEnds = TimeSpan.FromMilliseconds(400);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Suspension_WithSilosKilledAcrossItsEnd_IsClosedOnce()
    {
        await using var service = await RunningService.Start(silos: 2);
        var customers = new List<Guest>();
        for (var n = 0; n < Suspensions; n++) customers.Add(await SignUp(service));
        var admin = await Token(service);
        var now = TimeProvider.System.GetUtcNow();
        var last = now;
        for (var n = 0; n < Suspensions; n++)
        {
            last = now + FirstEnd + n * BetweenEnds;
            await Suspend(service, admin, customers[n].Id, last);
        }

        await Until(now + FirstEnd);
        service.KillSilo(0);
        service.KillSilo(1);
        await Until(last);
        await Eventually.Holds("the service is ready", service.IsReady, Cancellation);

        await using var database = await JournalFollower.Open(service);
        await Eventually.Holds(
            "every end is recorded", async () => await Ends(database) >= Suspensions, Cancellation);
        // The killed ones may have written and not told: whoever comes next must find that.
        service.KillSilo(0);
        await Eventually.Holds("the service is ready", service.IsReady, Cancellation);
        foreach (var customer in customers) await CheckIsActive(service, customer);
        (await Ends(database)).ShouldBe(Suspensions);
        (await JournalFollower.Scalar<long>(
            database, "SELECT count(DISTINCT customer_id) FROM customer_event "
            + "WHERE events LIKE '%\"suspension_ended\"%'")).ShouldBe(Suspensions);
        (await JournalFollower.Scalar<long>(
            database, "SELECT count(*) FROM customer_bars")).ShouldBe(0);
        await JournalFollower.CheckAllArrived(service);
    }

    private static Task<long> Ends(Npgsql.NpgsqlDataSource database) =>
        JournalFollower.Scalar<long>(
            database,
            "SELECT count(*) FROM customer_event WHERE events LIKE '%\"suspension_ended\"%'");

    private static Task Until(DateTimeOffset time) => Eventually.Holds(
        $"it is {time:T}", () => TimeProvider.System.GetUtcNow() >= time, Cancellation);

    private static async Task<Guest> SignUp(RunningService service)
    {
        using var created = await service.Client.PostAsJsonAsync("/api/auth/guest", new { });
        var tokens = await created.Content.ReadFromJsonAsync<JsonElement>();
        return new Guest(
            tokens.GetProperty("customer_id").GetGuid(),
            tokens.GetProperty("access_token").GetString()!);
    }

    private static async Task<string> Token(RunningService service)
    {
        using var issued = await service.Client.PostAsJsonAsync(
            "/dev/token", new { role = "uta", sub = Guid.NewGuid() });
        return (await issued.Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("access_token").GetString()!;
    }

    private static async Task Suspend(
        RunningService service, string admin, Guid customer, DateTimeOffset until)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"/api/admin/customers/{customer}/block")
        {
            Content = JsonContent.Create(
                new { reason_code = "chargeback", kind = "suspended", until }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", admin);
        using var answer = await service.Client.SendAsync(request);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    private static async Task CheckIsActive(RunningService service, Guest guest)
    {
        string? status = null;
        await Eventually.Holds("the customer is answered", async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/utc/profile");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", guest.Token);
            using var answer = await service.Client.SendAsync(request);
            if (!answer.IsSuccessStatusCode) return false;
            status = (await answer.Content.ReadFromJsonAsync<JsonElement>())
                .GetProperty("account_status").GetString();
            return true;
        }, Cancellation);
        status.ShouldBe("temporary", "a guest is a guest again");
    }

    private sealed record Guest(Guid Id, string Token);
}
