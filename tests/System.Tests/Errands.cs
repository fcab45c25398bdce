using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;

namespace CustomerGrains.System.Tests;

/// <summary>A little of everything that a service does, over and over, by people who repeat what
/// was not answered. What was answered is held against the database at the end.</summary>
internal sealed class Errands : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(700);

    private const int AtOnce = 16;

    private readonly CancellationTokenSource _stop = new();
    private readonly Uri _api;
    private readonly Caller _admin;
    private readonly Caller _orders;
    private readonly Task _running;
    private readonly ConcurrentBag<Guid> _forgotten = [];
    private readonly ConcurrentBag<Guid> _exports = [];
    private readonly ConcurrentBag<Guid> _imports = [];
    private readonly ConcurrentBag<Guid> _merges = [];
    private int _rounds;

    private Errands(Uri api, Caller admin, Caller orders)
    {
        (_api, _admin, _orders) = (api, admin, orders);
        _running = Task.WhenAll(
            [
                .. ((Func<Task>[])
                [
                    SignIn, SignIn, SignIn, DoNothing, DoNothing, Export, Export, BeForgotten,
                    BeForgotten, Import, Import, Merge, Merge, Reward,
                ]).Select(Repeat),
            ]);
    }

    /// <summary>What was promised so far.</summary>
    public string Figures => $"erasures {_forgotten.Count}, exports {_exports.Count}, imports "
        + $"{_imports.Count}, merges {_merges.Count}, other errands {_rounds}";

    public static async Task<Errands> Start(Uri api) => new(
        api,
        await Caller.Of(api, "uta", Guid.NewGuid()),
        await Caller.Of(api, "uts", Guid.NewGuid()));

    /// <summary>Something was answered as it must not be.</summary>
    public Task Failed => _running.IsFaulted ? _running : Task.CompletedTask;

    /// <summary>Ends it.</summary>
    public async Task End()
    {
        await _stop.CancelAsync();
        await _running;
    }

    /// <summary>Every promise is kept.</summary>
    public async Task Check(NpgsqlDataSource database)
    {
        await Holds(_forgotten, "is forgotten", "SELECT count(*) = 0 FROM customer_data_keys "
            + "WHERE user_id = $1");
        await Holds(_exports, "is exported", "SELECT state = 'ready' FROM privacy_exports "
            + "WHERE id = $1");
        await Holds(_imports, "is imported", "SELECT state = 'done' AND created = 3 FROM imports "
            + "WHERE id = $1");
        foreach (var some in _merges.Chunk(AtOnce)) await Task.WhenAll(some.Select(IsMerged));

        // Whoever asks for a merge that was left lying sets it going.
        Task IsMerged(Guid merge) => Eventually.Holds("all are merged", async () =>
            (await _admin.Ask("GET", $"/api/admin/merges/{merge}")).GetProperty("state")
            .GetString() == "merged", CancellationToken.None);

        async Task Holds(ConcurrentBag<Guid> ids, string what, string question)
        {
            foreach (var id in ids)
            {
                await Eventually.Holds($"{id} {what}", async () =>
                {
                    await using var command = database.CreateCommand(question);
                    command.Parameters.Add(new NpgsqlParameter { Value = id });
                    return (bool)(await command.ExecuteScalarAsync())!;
                }, CancellationToken.None);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // What went wrong with it was told when it was asked for.
        await _running.ContinueWith(_ => { }, TaskScheduler.Default);
        _stop.Dispose();
        _admin.Dispose();
        _orders.Dispose();
    }

    private async Task Repeat(Func<Task> errand)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await errand();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }

            Interlocked.Increment(ref _rounds);
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    /// <summary>A code whose answer was lost is not asked for again, nor shown again: then it is
    /// somebody else's turn.</summary>
    private async Task SignIn()
    {
        using var person = new Caller(_api);
        var phone = $"+9198{RandomNumberGenerator.GetInt32(100_000_000):D8}";
        var sent = await person.Send(
            "POST", "/api/auth/otp", $$"""{"channel":"phone","contact":"{{phone}}"}""");
        if (Is(sent.Status, HttpStatusCode.TooManyRequests)) return;
        var challenge = Json(sent.Text).GetProperty("challenge_id");
        var code = await person.NextCode(phone, stop: _stop.Token);
        var shown = await person.Send("POST", "/api/auth/token",
            $$"""{"challenge_id":"{{challenge}}","code":"{{code}}"}""");
        if (Is(shown.Status, HttpStatusCode.Gone)) return;
        var token = Json(shown.Text).GetProperty("refresh_token").GetString();
        var exchanged = await person.Send(
            "POST", "/api/auth/refresh", $$"""{"refresh_token":"{{token}}"}""");
        Is(exchanged.Status, HttpStatusCode.Unauthorized);
    }

    /// <summary>A name that is the name already, and an address that there is not.</summary>
    private async Task DoNothing()
    {
        using var person = await Guest();
        await person.Ask("PATCH", "/api/utc/profile", """{"name":"Ann"}""");
        for (var again = 0; again < 5; again++)
            await person.Ask("PATCH", "/api/utc/profile", """{"name":"Ann"}""");
        var (status, _) = await person.Send("DELETE", $"/api/utc/addresses/{Guid.NewGuid()}");
        status.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task Export()
    {
        using var person = await Guest();
        _exports.Add((await person.Ask("POST", "/api/utc/privacy/export", "{}"))
            .GetProperty("export_id").GetGuid());
    }

    private async Task BeForgotten()
    {
        using var person = new Caller(_api);
        var tokens = await person.Ask("POST", "/api/auth/guest", "{}");
        person.Token = tokens.GetProperty("access_token").GetString();
        var (status, _) = await person.Send("POST", "/api/utc/privacy/erasure", "{}");
        // Whose first answer was lost may be forgotten before the second.
        Is(status, HttpStatusCode.Unauthorized);
        _forgotten.Add(tokens.GetProperty("customer_id").GetGuid());
    }

    private async Task Import()
    {
        var lines = new StringBuilder();
        for (var line = 0; line < 3; line++)
            lines.Append($$"""{"external_id":"{{Guid.NewGuid()}}"}""").Append('\n');
        var (status, text) = await _admin.Send(
            "POST", "/api/admin/imports", lines.ToString(), type: Caller.Lines);
        status.ShouldBe(HttpStatusCode.Accepted, text);
        _imports.Add(Json(text).GetProperty("import_id").GetGuid());
    }

    private async Task Merge()
    {
        var (one, other) = (await NewGuest(), await NewGuest());
        _merges.Add((await _admin.Ask("POST", $"/api/admin/customers/{one}/merge",
            $$"""{"redundant_id":"{{other}}","reason":"One person."}"""))
            .GetProperty("merge_id").GetGuid());
    }

    /// <summary>A delivered order is enough for a tier, and then it is not.</summary>
    private async Task Reward()
    {
        var (customer, order) = (await NewGuest(), Guid.NewGuid());
        await _orders.Ask("POST", "/api/orders",
            $$"""
            {"order_id":"{{order}}","customer_id":"{{customer}}","branch_id":"{{customer}}",
             "address_id":null,"categories":[],"total":"1.01",
             "placed_at":"2026-01-01T00:00:00Z","contact":{"phone":"+919812345678"} }
            """);
        foreach (var status in (string[])["accepted", "picked_up", "delivered"])
        {
            await _orders.Ask(
                "POST", $"/api/orders/{order}/status", $$"""{"status":"{{status}}"}""");
        }

        var version = (await _admin.Ask("GET", "/api/admin/policies/tiers"))
            .GetProperty("version").GetInt64();
        await _admin.Ask("PUT", "/api/admin/policies/tiers",
            $$"""
            {"version":{{version}},
             "document":{"regular":{"orders":{{1 + version % 2}},"spend":"0.00"},
             "vip":{"orders":8,"spend":"0.00"},"premium":{"orders":20,"spend":"0.00"} } }
            """);
        // As often as policies are looked for.
        await Task.Delay(TimeSpan.FromSeconds(5), CancellationToken.None);
    }

    private async Task<Caller> Guest()
    {
        var person = new Caller(_api);
        person.Token = (await person.Ask("POST", "/api/auth/guest", "{}"))
            .GetProperty("access_token").GetString();
        return person;
    }

    private async Task<Guid> NewGuest()
    {
        using var person = new Caller(_api);
        return (await person.Ask("POST", "/api/auth/guest", "{}"))
            .GetProperty("customer_id").GetGuid();
    }

    /// <returns>True for the one refusal that there may be; false: it was done.</returns>
    private static bool Is(HttpStatusCode status, HttpStatusCode refused)
    {
        if ((int)status < 300) return false;
        status.ShouldBe(refused);
        return true;
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
