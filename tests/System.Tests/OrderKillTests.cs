using System.Globalization;
using System.Net;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>Every order is placed once and every delivery counted once, whatever is killed
/// between a request and its answer.</summary>
[Trait("Section", "R1")]
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
        foreach (var kill in (Func<bool>[])
            [() => service.KillSilo(0), service.KillPostgres, service.KillApi, () => service.KillSilo(1)])
        {
            await Eventually.Holds("there is one to kill", kill, CancellationToken.None);
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

    /// <summary>The order system's reports about one customer.</summary>
    private sealed class OrderLine(Uri api) : IDisposable
    {
        private readonly Caller _customer = new(api);
        private Caller _system = null!;
        private Guid _id;

        public int Delivered { get; private set; }

        public int Retried => _system.Repeated;

        public int Replayed { get; private set; }

        public async Task Begin()
        {
            _id = await _customer.BeGuest();
            _system = await Caller.Of(api, "uts", Guid.NewGuid());
        }

        public async Task DeliverUntil(CancellationToken stop)
        {
            while (!stop.IsCancellationRequested)
            {
                var order = Guid.NewGuid();
                await Send(HttpStatusCode.Created, "/api/orders",
                    $$"""
                    {"order_id":"{{order}}","customer_id":"{{_id}}","branch_id":"{{_id}}",
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
            var profile = await _customer.Ask("GET", "/api/utc/profile");
            profile.GetProperty("total_orders_count").GetInt32().ShouldBe(Delivered);
            profile.GetProperty("total_spend").GetString().ShouldBe(
                (Delivered * 1.01m).ToString("0.00", CultureInfo.InvariantCulture));
            // Birth, and four commits for each delivery: none lost, none doubled.
            profile.GetProperty("version").GetInt64().ShouldBe(1 + 4 * Delivered);
        }

        public void Dispose()
        {
            _customer.Dispose();
            _system.Dispose();
        }

        private async Task Send(HttpStatusCode expected, string path, string body)
        {
            var answer = await _system.Send("POST", path, body);
            answer.Status.ShouldBe(expected, answer.Text);
            if (answer.IsReplay) Replayed++;
        }
    }
}
