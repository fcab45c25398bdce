using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;

namespace CustomerGrains.System.Tests;

/// <summary>Administrators, branches and riders who look at customers all the time, and what the
/// access log must hold in the end.</summary>
internal sealed class StaffReaders : IAsyncDisposable
{
    private const int Customers = 4;

    /// <summary>The front end asks a second time where a first answer got lost.</summary>
    private const int RowsPerReadMax = 2;

    private readonly CancellationTokenSource _stop = new();
    private readonly RunningService _service;
    private readonly StaffReader[] _readers;
    private readonly Task _reading;

    private StaffReaders(RunningService service, StaffReader[] readers)
    {
        (_service, _readers) = (service, readers);
        _reading = Task.WhenAll(readers.Select(r => r.ReadUntil(_stop.Token)));
    }

    /// <summary>Each customer has an order under way, which an administrator, somebody of its
    /// branch and its rider look at.</summary>
    public static async Task<StaffReaders> Start(RunningService service)
    {
        var readers = new List<StaffReader>();
        for (var n = 0; n < Customers; n++)
        {
            var (customer, order, rider, branch) =
                (await Guest(service), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
            await Place(service, customer, order, rider, branch);
            readers.Add(await Reader(
                "uta", Guid.NewGuid(), null, $"/api/admin/customers/{customer}"));
            readers.Add(await Reader(
                "utb", Guid.NewGuid(), branch, $"/api/utb/orders/{order}/customer"));
            readers.Add(await Reader("utd", rider, null, $"/api/utd/orders/{order}/contact"));
        }

        return new StaffReaders(service, [.. readers]);

        async Task<StaffReader> Reader(string role, Guid id, Guid? branch, string path) =>
            new(service.BaseAddress, id, await Token(service, role, id, branch), path);
    }

    /// <summary>Ends the reading; then every read that was answered must be in the log, with its
    /// purpose where one was named, and nothing that nobody asked for.</summary>
    /// <returns>Figures for a report.</returns>
    public async Task<string> StopAndCheck()
    {
        await _stop.CancelAsync();
        await _reading;
        await using var database = await JournalFollower.Open(_service);
        foreach (var reader in _readers) await Check(database, reader);
        var answered = _readers.Sum(r => r.Answered.Count);
        answered.ShouldBeGreaterThan(_readers.Length);
        return $"reads of staff {answered}, of unknown outcome "
            + $"{_readers.Sum(r => r.Unknown.Count)}, missing in the access log 0";
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // What went wrong with it was told when it was stopped.
        await _reading.ContinueWith(_ => { }, TaskScheduler.Default);
        foreach (var reader in _readers) reader.Dispose();
        _stop.Dispose();
    }

    private static async Task Check(NpgsqlDataSource database, StaffReader reader)
    {
        var logged = new Dictionary<string, long>();
        await using var command = database.CreateCommand(
            "SELECT purpose, count(*) FROM customer_data_access_logs "
            + "WHERE accessed_by_user_id = $1 GROUP BY purpose");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = reader.Id });
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) logged[rows.GetString(0)] = rows.GetInt64(1);

        if (!reader.StatesPurpose)
        {
            logged.Values.Sum().ShouldBeInRange(
                reader.Answered.Count,
                RowsPerReadMax * (reader.Answered.Count + reader.Unknown.Count));
            return;
        }

        reader.Answered.Except(logged.Keys).ShouldBeEmpty("answered, yet not logged");
        logged.Keys.Except(reader.Answered).Except(reader.Unknown).ShouldBeEmpty("never asked for");
        logged.Values.ShouldAllBe(count => count <= RowsPerReadMax);
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
