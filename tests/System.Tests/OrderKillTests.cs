using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>Every order is placed once and every delivery counted once, whatever is killed
/// between a request and its answer.</summary>
public sealed class OrderKillTests(ITestOutputHelper output)
{
    private const int Customers = 12;

    /// <summary>Deliveries that every customer gets between two kills.</summary>
    private const int BetweenKills = 8;

    [Fact]
    public async Task EveryAcknowledgedDelivery_ThroughKillsOfSiloApiAndPostgres_CountsOnce()
    {
        await using var service = await RunningService.Start(silos: 2);
        var lines = Enumerable.Range(0, Customers)
            .Select(_ => new OrderLine(service.BaseAddress)).ToArray();
        foreach (var line in lines) await line.Begin();

        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(lines.Select(line => line.DeliverUntil(stop.Token)));
        await EveryLineGets(BetweenKills, lines, load);
        foreach (var kill in (Action[])
            [() => service.KillSilo(0), service.KillPostgres, service.KillApi, () => service.KillSilo(1)])
        {
            kill();
            await EveryLineGets(BetweenKills, lines, load);
        }

        await stop.CancelAsync();
        await load;
        foreach (var line in lines) await line.Check();
        output.WriteLine(
            $"kills 4, delivered {lines.Sum(l => l.Delivered)}, retried {lines.Sum(l => l.Retried)}, "
            + $"replayed {lines.Sum(l => l.Replayed)}");
        lines.Sum(l => l.Retried).ShouldBeGreaterThan(0, "the kills must have been felt");
        foreach (var line in lines) line.Dispose();
    }

    private static async Task EveryLineGets(int deliveries, OrderLine[] lines, Task load)
    {
        var goals = lines.Select(line => line.Delivered + deliveries).ToArray();
        await Eventually.Holds(
            $"every customer gets {deliveries} more deliveries",
            () => load.IsFaulted || lines.Select(l => l.Delivered).Zip(goals).All(p => p.First >= p.Second),
            CancellationToken.None);
        if (load.IsFaulted) await load;
    }

    /// <summary>The order system's reports about one customer: each repeated under the same key
    /// until it is answered.</summary>
    private sealed class OrderLine(Uri api) : IDisposable
    {
        private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);

        private readonly HttpClient _http = TestHttp.Client(api, TimeSpan.FromSeconds(15));

        private string _customerToken = "";
        private Guid _customer;

        public int Delivered { get; private set; }
        public int Retried { get; private set; }
        public int Replayed { get; private set; }

        public async Task Begin()
        {
            using var guest = await _http.PostAsJsonAsync("/api/auth/guest", new { });
            var tokens = await guest.Content.ReadFromJsonAsync<JsonElement>();
            _customer = tokens.GetProperty("customer_id").GetGuid();
            _customerToken = tokens.GetProperty("access_token").GetString()!;
            using var dev = await _http.PostAsJsonAsync(
                "/dev/token", new { role = "uts", sub = Guid.NewGuid() });
            var token = await dev.Content.ReadFromJsonAsync<JsonElement>();
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer", token.GetProperty("access_token").GetString());
        }

        public async Task DeliverUntil(CancellationToken stop)
        {
            while (!stop.IsCancellationRequested)
            {
                var order = Guid.NewGuid();
                await Send(HttpStatusCode.Created, "/api/orders",
                    $$"""
                    {"order_id":"{{order}}","customer_id":"{{_customer}}","branch_id":"{{_customer}}",
                     "address_id":null,"categories":[],"total":"1.01",
                     "placed_at":"2026-01-01T00:00:00Z","contact":{"phone":"+919812345678"} }
                    """);
                foreach (var status in (string[])["accepted", "picked_up", "delivered"])
                    await Send(HttpStatusCode.OK, $"/api/orders/{order}/status",
                        $$"""{"status":"{{status}}"}""");
                Delivered++;
            }
        }

        public async Task Check()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/utc/profile");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _customerToken);
            using var answer = await _http.SendAsync(request);
            var profile = await answer.Content.ReadFromJsonAsync<JsonElement>();
            profile.GetProperty("total_orders_count").GetInt32().ShouldBe(Delivered);
            profile.GetProperty("total_spend").GetString().ShouldBe(
                (Delivered * 1.01m).ToString("0.00", CultureInfo.InvariantCulture));
            // Birth, and four commits for each delivery: none lost, none doubled.
            profile.GetProperty("version").GetInt64().ShouldBe(1 + 4 * Delivered);
        }

        public void Dispose() => _http.Dispose();

        private async Task Send(HttpStatusCode expected, string path, string body)
        {
            var key = Guid.NewGuid().ToString();
            while (true)
            {
                try
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, path);
                    request.Headers.Add("Idempotency-Key", key);
                    request.Content = new StringContent(body, Encoding.UTF8, "application/json");
                    using var answer = await _http.SendAsync(request);
                    if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                    {
                        answer.StatusCode.ShouldBe(
                            expected, await answer.Content.ReadAsStringAsync());
                        if (answer.Headers.Contains("Idempotent-Replayed")) Replayed++;
                        return;
                    }
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
                {
                    // The API is away: its outcome is unknown, so the same key again.
                }

                Retried++;
                await Task.Delay(RetryPause);
            }
        }
    }
}
