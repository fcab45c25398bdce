using System.Security.Cryptography;
using System.Text.Json;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Support;
using Shouldly;

namespace CustomerGrains.System.Tests;

/// <summary>Makes pairs of customers, merges them and looks at what became of them. Every request
/// is repeated under its key until it is answered.</summary>
internal sealed class MergePeople(Uri api) : IDisposable
{
    private Caller _admin = null!;
    private Caller _system = null!;
    private int _repeatedByCustomers;

    public int Repeated => _admin.Repeated + _system.Repeated + _repeatedByCustomers;

    public async Task Begin() => (_admin, _system) = (
        await Caller.Of(api, "uta", Guid.NewGuid()), await Caller.Of(api, "uts", Guid.NewGuid()));

    /// <summary>A guest, and a customer with a phone; each with an address and a delivered order
    /// of 1.01.</summary>
    public async Task<MergePair> NewPair()
    {
        using var guest = new Caller(api);
        using var customer = new Caller(api);
        var phone = $"+919{RandomNumberGenerator.GetInt32(1_000_000_000):D9}";
        var pair = new MergePair(
            await guest.BeGuest(), Id(await customer.SignIn("phone", phone), "customer_id"), phone);
        foreach (var (who, caller, addresses) in (IEnumerable<(Guid, Caller, List<Guid>)>)
            [(pair.Survivor, guest, pair.Own), (pair.Redundant, customer, pair.Moved)])
        {
            var address = Id(await caller.Ask("POST", "/api/utc/addresses",
                """{"line1":"1 Main Street","city":"Pune","postal_code":"411001"}"""), "id");
            addresses.Add(address);
            await Deliver(who, address);
            Interlocked.Add(ref _repeatedByCustomers, caller.Repeated);
        }

        return pair;
    }

    public async Task Merge(MergePair pair)
    {
        var answer = await _admin.Ask("POST", $"/api/admin/customers/{pair.Survivor}/merge",
            $$"""{"redundant_id":"{{pair.Redundant}}","reason":"One person."}""");
        pair.MergeId = Id(answer, "merge_id");
    }

    public async Task Undo(MergePair pair)
    {
        await _admin.Ask("POST", $"/api/admin/customers/{pair.Survivor}/merge/undo",
            $$"""{"merge_id":"{{pair.MergeId}}","reason":"A mistake."}""");
        pair.IsUndone = true;
    }

    public Task Ends(MergePair pair, string state) => Eventually.Holds(
        $"merge {pair.MergeId} is {state}",
        async () => (await _admin.Ask("GET", $"/api/admin/merges/{pair.MergeId}"))
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

    public void Dispose()
    {
        _admin.Dispose();
        _system.Dispose();
    }

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

    private Task<JsonElement> Staff(Guid customer) =>
        _admin.Ask("GET", $"/api/admin/customers/{customer}");

    private async Task Deliver(Guid customer, Guid address)
    {
        var order = Guid.NewGuid();
        await _system.Ask("POST", "/api/orders",
            $$"""
            {"order_id":"{{order}}","customer_id":"{{customer}}","branch_id":"{{customer}}",
             "address_id":"{{address}}","categories":[],"total":"1.01",
             "placed_at":"2026-01-01T00:00:00Z","contact":{"phone":"+919812345678"} }
            """);
        foreach (var status in (string[])["accepted", "picked_up", "delivered"])
        {
            await _system.Ask("POST", $"/api/orders/{order}/status",
                $$"""{"status":"{{status}}"}""");
        }
    }

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
