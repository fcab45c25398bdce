using CustomerGrains.Tests.Load.Histories;

namespace CustomerGrains.Tests.Load;

/// <summary>Administrators, branches and riders who look at customers all the time; all they do is
/// written down.</summary>
internal sealed class StaffReaders : IAsyncDisposable
{
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
        Uri api, HistoryWriter history, int customers = 4)
    {
        var readers = new List<StaffReader>();
        for (var n = 0; n < customers; n++)
        {
            using var guest = new Caller(api);
            var (customer, order, rider, branch) =
                (await guest.BeGuest(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
            await Place(api, customer, order, rider, branch);
            readers.Add(await Reader(
                "uta", Guid.NewGuid(), null, customer, $"/api/admin/customers/{customer}"));
            readers.Add(await Reader(
                "utb", Guid.NewGuid(), branch, customer, $"/api/utb/orders/{order}/customer"));
            readers.Add(await Reader("utd", rider, null, customer, $"/api/utd/orders/{order}/contact"));
        }

        return new StaffReaders([.. readers]);

        async Task<StaffReader> Reader(
            string role, Guid id, Guid? branch, Guid customer, string path)
        {
            using var caller = await Caller.Of(api, role, id, branch);
            return new(api, history, id, customer, caller.Token!, path);
        }
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

    private static async Task Place(
        Uri api, Guid customer, Guid order, Guid rider, Guid branch)
    {
        using var system = await Caller.Of(api, "uts", Guid.NewGuid());
        await system.Ask("POST", "/api/orders",
            $$"""
            {"order_id":"{{order}}","customer_id":"{{customer}}","branch_id":"{{branch}}",
             "address_id":null,"categories":[],"total":"1.00","placed_at":"2026-01-01T00:00:00Z",
             "contact":{"name":"Gulliver","phone":"+919812345678"} }
            """);
        await system.Ask(
            "POST", $"/api/orders/{order}/status",
            $$"""{"status":"accepted","rider_id":"{{rider}}"}""");
    }
}
