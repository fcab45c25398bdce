using System.Collections.Concurrent;
using System.Diagnostics;
using CustomerGrains.Bench.Shared;

namespace CustomerGrains.Bench.Driver.Load;

/// <summary>What a day brings, all at once: 70 % reads, 20 % edits, 5 % orders, 5 % steps of
/// contact changes.</summary>
internal sealed class Mix(Target target, int first)
{
    private const int Connections = 256;

    // A code is asked for when it has surely come.
    private static readonly TimeSpan Delivery = TimeSpan.FromSeconds(1);

    // Thousandths of all requests, up to and including.
    private static readonly (string Name, int UpTo)[] Kinds =
    [
        ("read profile", 500), ("read addresses", 550), ("poll", 700), ("edit profile", 850),
        ("default address", 900), ("order", 950), ("contact", 1000),
    ];

    private readonly string tag = Guid.NewGuid().ToString("N")[..8];
    private readonly Tally[] tallies = [.. Kinds.Select(_ => new Tally())];
    private readonly ConcurrentQueue<Change> pending = [];
    private readonly ConcurrentQueue<string> placed = [];
    private int nextToChange = first - 1;
    private long mails;

    public async Task<int> Run(TimeSpan length)
    {
        var started = Stopwatch.GetTimestamp();
        var took = await ClosedLoop.While(
            target, Connections, () => Stopwatch.GetElapsedTime(started) < length, Step);
        Facts.Print("mix.rate", tallies.Sum(t => t.Good) / took.TotalSeconds);
        Facts.Print("mix.mails", mails);
        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            var (name, tally) = ("mix." + Kinds[kind].Name, tallies[kind]);
            Facts.Print(name + ".rate", tally.Good / took.TotalSeconds);
            Facts.Print(name + ".p50", tally.Percentile(0.5) / 1000.0);
            Facts.Print(name + ".p99", tally.Percentile(0.99) / 1000.0);
            Facts.Print(name + ".bad", tally.All - tally.Good);
        }

        return 0;
    }

    private async ValueTask Step(Wire wire, int number)
    {
        var random = Random.Shared.Next(1000);
        var kind = Array.FindIndex(Kinds, k => random < k.UpTo);
        var customer = Random.Shared.Next(target.Customers.Length);
        var token = target.Customers[customer];
        switch (kind)
        {
            case 0: await Send(Target.Request("GET", "/api/utc/profile", token)); break;
            case 1: await Send(Target.Request("GET", "/api/utc/addresses", token)); break;
            case 2:
                var (rider, path) = target.Polls[customer % target.Polls.Length];
                await Send(Target.Request("GET", path, rider));
                break;
            case 3: await Send(Target.Edit(token, $"Asha Rao {tag} {number:D8}")); break;
            case 4:
                await Send(Target.Request(
                    "PATCH",
                    SampleAddresses.DefaultPath(customer, number % SampleAddresses.PerCustomer),
                    token, """{"is_default":true}"""));
                break;
            case 5: await Order(); break;
            default: await Contact(); break;
        }

        async ValueTask<Answer> Send(byte[] request)
        {
            var sent = Stopwatch.GetTimestamp();
            var answer = await wire.Send(request);
            tallies[kind].Add(answer.Status, Stopwatch.GetElapsedTime(sent));
            return answer;
        }

        // One that was placed is delivered by the next request of this kind.
        async ValueTask Order()
        {
            var system = target.Systems[number % target.Systems.Length];
            if (placed.TryDequeue(out var open))
            {
                await Send(Target.Request(
                    "POST", $"/api/orders/{open}/status", system, """{"status":"cancelled"}"""));
                return;
            }

            var id = Guid.NewGuid().ToString();
            var answer = await Send(Target.Request("POST", "/api/orders", system,
                $$"""
                {"order_id":"{{id}}","customer_id":"{{SampleCustomers.Number(customer).Id}}",
                "branch_id":"{{SampleOrders.Branch}}","address_id":"{{SampleAddresses.Id(customer, 0)}}",
                "categories":["groceries"],"total":"499.00","placed_at":"2026-01-31T12:00:00Z"}
                """));
            if (answer.IsGood) placed.Enqueue(id);
        }

        // Asking and proving take turns; fetching the code is no request of a customer's and is
        // not counted.
        async ValueTask Contact()
        {
            if (pending.TryPeek(out var oldest)
                && Stopwatch.GetElapsedTime(oldest.AskedAt) > Delivery
                && pending.TryDequeue(out var change))
            {
                Interlocked.Increment(ref mails);
                if (await ContactChanges.Code(wire, change.Email) is not { } code) return;
                await Send(ContactChanges.Prove(target, change.Customer, change.Id, code));
                return;
            }

            var who = Interlocked.Increment(ref nextToChange);
            if (who >= target.Customers.Length) return;
            var email = ContactChanges.Email(tag, who);
            var answer = await Send(ContactChanges.Ask(target, who, email));
            if (answer.IsGood && answer.Text("change_id") is { } id)
                pending.Enqueue(new(who, id, email, Stopwatch.GetTimestamp()));
        }
    }

    private sealed record Change(int Customer, string Id, string Email, long AskedAt);
}
