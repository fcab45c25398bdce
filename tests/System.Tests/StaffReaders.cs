using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CustomerGrains.System.Tests.Histories;
using CustomerGrains.Tests.Support;
using Shouldly;

namespace CustomerGrains.System.Tests;

/// <summary>Administrators, branches and riders who look at customers all the time; all they do is
/// written down.</summary>
internal sealed class StaffReaders : IAsyncDisposable
{
    private const int Customers = 4;

    private readonly CancellationTokenSource _stop = new();
    private readonly StaffReader[] _readers;
    private readonly Task _reading;

    private StaffReaders(StaffReader[] readers)
    {
        _readers = readers;
        _reading = Task.WhenAll(readers.Select(r => r.ReadUntil(_stop.Token)));
    }

    /// <summary>Each customer has an order under way, which an administrator, somebody of its
    /// branch and its rider look at.</summary>
    public static async Task<StaffReaders> Start(
        RunningService service, HistoryWriter history)
    {
        var readers = new List<StaffReader>();
        for (var n = 0; n < Customers; n++)
        {
            var (customer, order, rider, branch) =
                (await Guest(service), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
            await Place(service, customer, order, rider, branch);
            readers.Add(await Reader(
                "uta", Guid.NewGuid(), null, customer, $"/api/admin/customers/{customer}"));
            readers.Add(await Reader(
                "utb", Guid.NewGuid(), branch, customer, $"/api/utb/orders/{order}/customer"));
            readers.Add(await Reader("utd", rider, null, customer, $"/api/utd/orders/{order}/contact"));
        }

        return new StaffReaders([.. readers]);

        async Task<StaffReader> Reader(
            string role, Guid id, Guid? branch, Guid customer, string path) => new(
                service.BaseAddress, history, id, customer,
                await Token(service, role, id, branch), path);
    }

    /// <summary>Ends the reading.</summary>
    public async Task Stop()
    {
        await _stop.CancelAsync();
        await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // What went wrong with it was told when it was stopped.
        await _reading.ContinueWith(_ => { }, TaskScheduler.Default);
        foreach (var reader in _readers) reader.Dispose();
        _stop.Dispose();
    }

    private static async Task<Guid> Guest(RunningService service)
    {
        using var created = await service.Client.PostAsJsonAsync("/api/auth/guest", new { });
        return (await created.Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("customer_id").GetGuid();
    }

    private static async Task Place(
        RunningService service, Guid customer, Guid order, Guid rider, Guid branch)
    {
        var token = await Token(service, "uts", Guid.NewGuid());
        await Send("/api/orders",
            $$"""
            {"order_id":"{{order}}","customer_id":"{{customer}}","branch_id":"{{branch}}",
             "address_id":null,"categories":[],"total":"1.00","placed_at":"2026-01-01T00:00:00Z",
             "contact":{"name":"Gulliver","phone":"+919812345678"} }
            """);
        await Send(
            $"/api/orders/{order}/status",
            $$"""{"status":"accepted","rider_id":"{{rider}}"}""");

        async Task Send(string path, string body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await service.Client.SendAsync(request);
            answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        }
    }

    private static async Task<string> Token(
        RunningService service, string role, Guid id, Guid? branch = null)
    {
        object draft = branch is null
            ? new { role, sub = id }
            : new { role, sub = id, branch_id = branch };
        using var issued = await service.Client.PostAsJsonAsync("/dev/token", draft);
        return (await issued.Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("access_token").GetString()!;
    }
}
