using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerGrains.Tests.Support;
using Shouldly;

namespace CustomerGrains.System.Tests;

/// <summary>Makes pairs of customers, merges them and looks at what became of them. Every request
/// is repeated under its key until it is answered.</summary>
internal sealed class MergePeople(Uri api) : IDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http =
        new() { BaseAddress = api, Timeout = TimeSpan.FromSeconds(15) };

    private string _admin = "";
    private string _system = "";
    private int _repeated;

    public int Repeated => _repeated;

    public async Task Begin() => (_admin, _system) = (await Token("uta"), await Token("uts"));

    /// <summary>A guest, and a customer with a phone; each with an address and a delivered order
    /// of 1.01.</summary>
    public async Task<MergePair> NewPair()
    {
        var guest = JsonOf(await Send("POST", "/api/auth/guest", "{}", token: null));
        var phone = $"+919{RandomNumberGenerator.GetInt32(1_000_000_000):D9}";
        var customer = await SignUp(phone);
        var pair = new MergePair(Id(guest, "customer_id"), Id(customer, "customer_id"), phone);
        foreach (var (who, tokens) in (IEnumerable<(Guid, JsonElement)>)
            [(pair.Survivor, guest), (pair.Redundant, customer)])
        {
            var address = JsonOf(await Send("POST", "/api/utc/addresses",
                """{"line1":"1 Main Street","city":"Pune","postal_code":"411001"}""",
                tokens.GetProperty("access_token").GetString()));
            (who == pair.Survivor ? pair.Own : pair.Moved).Add(Id(address, "id"));
            await Deliver(who, Id(address, "id"));
        }

        return pair;
    }

    public async Task Merge(MergePair pair)
    {
        var answer = JsonOf(await Send("POST", $"/api/admin/customers/{pair.Survivor}/merge",
            $$"""{"redundant_id":"{{pair.Redundant}}","reason":"One person."}""", _admin));
        pair.MergeId = Id(answer, "merge_id");
    }

    public async Task Undo(MergePair pair)
    {
        await Send("POST", $"/api/admin/customers/{pair.Survivor}/merge/undo",
            $$"""{"merge_id":"{{pair.MergeId}}","reason":"A mistake."}""", _admin);
        pair.IsUndone = true;
    }

    public Task Ends(MergePair pair, string state) => Eventually.Holds(
        $"merge {pair.MergeId} is {state}",
        async () => JsonOf(await Send("GET", $"/api/admin/merges/{pair.MergeId}", null, _admin))
            .GetProperty("state").GetString() == state,
        CancellationToken.None);

    /// <summary>Both are one, or both are as before.</summary>
    public async Task Check(MergePair pair, bool isUndone)
    {
        var survivor = await Staff(pair.Survivor);
        var redundant = await Staff(pair.Redundant);
        if (!isUndone)
        {
            IsLike(survivor, pair.Survivor, 2, "2.02", pair.Phone, [.. pair.Own, .. pair.Moved]);
            IsLike(redundant, pair.Survivor, 2, "2.02", pair.Phone, [.. pair.Own, .. pair.Moved]);
            return;
        }

        IsLike(survivor, pair.Survivor, 1, "1.01", null, [.. pair.Own]);
        IsLike(redundant, pair.Redundant, 1, "1.01", pair.Phone, [.. pair.Moved]);
    }

    public void Dispose() => _http.Dispose();

    private static void IsLike(
        JsonElement seen, Guid id, int orders, string spend, string? phone, Guid[] addresses)
    {
        Id(seen, "id").ShouldBe(id);
        seen.GetProperty("total_orders_count").GetInt32().ShouldBe(orders);
        seen.GetProperty("total_spend").GetString().ShouldBe(spend);
        seen.GetProperty("phone").GetString().ShouldBe(phone);
        seen.GetProperty("addresses").EnumerateArray().Select(a => Id(a, "id"))
            .ShouldBe(addresses, ignoreOrder: true);
        seen.GetProperty("addresses").EnumerateArray()
            .Count(a => a.GetProperty("is_default").GetBoolean()).ShouldBe(1);
    }

    private async Task<JsonElement> Staff(Guid customer) =>
        JsonOf(await Send("GET", $"/api/admin/customers/{customer}", null, _admin));

    private async Task Deliver(Guid customer, Guid address)
    {
        var order = Guid.NewGuid();
        await Send("POST", "/api/orders",
            $$"""
            {"order_id":"{{order}}","customer_id":"{{customer}}","branch_id":"{{customer}}",
             "address_id":"{{address}}","categories":[],"total":"1.01",
             "placed_at":"2026-01-01T00:00:00Z","contact":{"phone":"+919812345678"} }
            """, _system);
        foreach (var status in (string[])["accepted", "picked_up", "delivered"])
        {
            await Send("POST", $"/api/orders/{order}/status",
                $$"""{"status":"{{status}}"}""", _system);
        }
    }

    private async Task<JsonElement> SignUp(string phone)
    {
        var challenge = JsonOf(await Send("POST", "/api/auth/otp",
            $$"""{"channel":"phone","contact":"{{phone}}"}""", token: null));
        string? code = null;
        await Eventually.Holds("the code arrives", async () =>
        {
            var sent = JsonOf(await Send(
                "GET", $"/dev/messages?to={Uri.EscapeDataString(phone)}", null, token: null));
            if (sent.GetProperty("items").GetArrayLength() == 0) return false;
            code = sent.GetProperty("items")[0].GetProperty("code").GetString();
            return true;
        }, CancellationToken.None);
        return JsonOf(await Send("POST", "/api/auth/token",
            $$"""
            {"challenge_id":"{{challenge.GetProperty("challenge_id")}}","code":"{{code}}"}
            """, token: null));
    }

    private async Task<string> Token(string role)
    {
        using var answer = await _http.PostAsJsonAsync(
            "/dev/token", new { role, sub = Guid.NewGuid() });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("access_token").GetString()!;
    }

    private async Task<string> Send(string method, string path, string? body, string? token)
    {
        var key = Guid.NewGuid().ToString();
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                request.Headers.Add("Idempotency-Key", key);
                if (token is not null)
                    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                if (body is not null)
                    request.Content = new StringContent(body, Encoding.UTF8, "application/json");
                using var answer = await _http.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                {
                    answer.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {text}");
                    return text;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // The outcome is unknown, so the same key again.
            }

            Interlocked.Increment(ref _repeated);
            await Task.Delay(RetryPause);
        }
    }

    private static JsonElement JsonOf(string text) => JsonDocument.Parse(text).RootElement;

    private static Guid Id(JsonElement json, string member) => json.GetProperty(member).GetGuid();
}

/// <summary>Two who are one person. The survivor is a guest.</summary>
internal sealed record MergePair(Guid Survivor, Guid Redundant, string Phone)
{
    public List<Guid> Own { get; } = [];

    public List<Guid> Moved { get; } = [];

    public Guid MergeId { get; set; }

    public bool IsUndone { get; set; }
}
