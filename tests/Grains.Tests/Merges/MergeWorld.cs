using System.Text.Json;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Tests.Orders;
using CustomerGrains.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Merges;

/// <summary>A silo with pairs of customers who are one person.</summary>
internal sealed class MergeWorld(TestSilo silo, StepFaults faults) : IAsyncDisposable
{
    private readonly OrderWorld _orders = new(silo);

    public TestSilo Silo => silo;

    public OrderWorld Orders => _orders;

    public StepFaults Faults => faults;

    public static readonly Caller Admin = new(Guid.CreateVersion7(), CallerRole.Admin, 0);

    public static async Task<MergeWorld> Start(PostgresFixture postgres)
    {
        var faults = new StepFaults();
        var silo = await TestSilo.Start(postgres, configure: s => s.Services
            .AddSingleton<IOutgoingGrainCallFilter>(faults));
        return new MergeWorld(silo, faults);
    }

    public ICustomerGrain Grain(Guid id) => silo.Grains.GetGrain<ICustomerGrain>(id);

    public IMergeGrain Merge(Guid id) => silo.Grains.GetGrain<IMergeGrain>(id);

    public CommandContext ByAdmin(RequestKey? key = null) =>
        new(Guid.CreateVersion7(silo.Time.GetUtcNow()), Admin, Key: key);

    /// <summary>A survivor with a phone, an address and a delivered order of 499; a redundant with
    /// an email, two addresses, two such orders and one that was refused for the age.</summary>
    public async Task<Pair> NewPair()
    {
        var (survivor, own) = await _orders.SignUp();
        var kept = await _orders.Place(survivor, own);
        await _orders.Deliver(survivor, kept);
        var redundant = Guid.CreateVersion7();
        var email = $"ann.{redundant:N}@example.org";
        (await Grain(redundant).SignUp(
            new(ContactChannel.Email, email), _orders.Own(redundant))).Code.ShouldBe(ReplyCode.Ok);
        Guid[] addresses = [await AddAddress(redundant), await AddAddress(redundant)];
        Guid[] moved = [await Deliver(redundant, addresses[0]), await Deliver(redundant, addresses[1])];
        await AskTooYoung(redundant, addresses[0]);
        return new Pair(survivor, redundant, email, own, addresses, kept, moved);
    }

    private async Task AskTooYoung(Guid customer, Guid address)
    {
        (await Grain(customer).EditProfile(
            new ProfileEdit { DateOfBirth = Patch<string>.To("2015-01-01") },
            _orders.Own(customer))).Code.ShouldBe(ReplyCode.Ok);
        (await Grain(customer).PlaceOrder(
            OrderWorld.Draft(customer, address) with { Categories = ["alcohol"] },
            _orders.System())).Code.ShouldBe(ReplyCode.Underage);
    }

    public async Task<Guid> AddAddress(Guid customer)
    {
        var id = Guid.CreateVersion7();
        var details = new AddressEdit
        {
            Line1 = Patch<string>.To("2 Side Street"),
            City = Patch<string>.To("Porto"),
            PostalCode = Patch<string>.To("4000-001"),
        };
        (await Grain(customer).AddAddress(id, details, _orders.Own(customer))).Code
            .ShouldBe(ReplyCode.Ok);
        return id;
    }

    public async Task<Guid> Deliver(Guid customer, Guid address)
    {
        var order = await _orders.Place(customer, address);
        await _orders.Deliver(customer, order);
        return order;
    }

    /// <summary>Begins a merge as an administrator.</summary>
    public async Task<Guid> Begin(Pair pair)
    {
        var reply = await Grain(pair.Survivor)
            .StartMerge(new MergeDraft(pair.Redundant, "One person."), ByAdmin());
        reply.Code.ShouldBe(ReplyCode.Ok);
        return OrderWorld.Json(reply.Body).GetProperty("merge_id").GetGuid();
    }

    public Task<Reply> Undo(Pair pair, Guid merge) => Grain(pair.Survivor)
        .UndoMerge(new MergeUndoDraft(merge, "A mistake."), ByAdmin());

    public async Task<MergeProgress> Ends(Guid merge, string state)
    {
        MergeProgress? progress = null;
        await Eventually.Holds($"the merge is {state}", async () =>
            (progress = await Merge(merge).Get()) is { IsUndoing: false } p && p.State == state,
            TestContext.Current.CancellationToken);
        return progress!;
    }

    public static async Task Forget(IAddressable grain) =>
        await grain.Cast<IGrainManagementExtension>().DeactivateOnIdle();

    public async Task<JsonElement> Staff(Guid customer)
    {
        var reply = await Grain(customer).GetForStaff("test", Admin);
        reply.Code.ShouldBe(ReplyCode.Ok);
        return OrderWorld.Json(reply.Body);
    }

    public async Task<string> Count(string sql)
    {
        await using var command = silo.Database.AsSuperuser.CreateCommand(sql);
        return Convert.ToString(
            await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture)!;
    }

    /// <summary>Everything is with the survivor, once.</summary>
    public async Task IsMerged(Pair pair)
    {
        foreach (var id in (Guid[])[pair.Survivor, pair.Redundant])
        {
            var staff = await Staff(id);
            staff.GetProperty("id").GetGuid().ShouldBe(pair.Survivor);
            staff.GetProperty("total_orders_count").GetInt32().ShouldBe(3);
            staff.GetProperty("total_spend").GetString().ShouldBe("1497.00");
            // 15 for the order that was refused, less one for each that was delivered.
            Risk(staff).ShouldBe(12);
            staff.GetProperty("email").GetString().ShouldBe(pair.Email);
            staff.GetProperty("addresses").EnumerateArray()
                .Select(a => a.GetProperty("id").GetGuid())
                .ShouldBe([pair.Own, .. pair.Addresses], ignoreOrder: true);
            staff.GetProperty("addresses").EnumerateArray()
                .Where(a => a.GetProperty("is_default").GetBoolean())
                .ShouldHaveSingleItem().GetProperty("id").GetGuid().ShouldBe(pair.Own);
            foreach (var address in staff.GetProperty("addresses").EnumerateArray())
                address.GetProperty("line1").GetString().ShouldNotBeNull();
        }

        foreach (var order in (Guid[])[pair.Kept, .. pair.Moved])
        {
            foreach (var id in (Guid[])[pair.Survivor, pair.Redundant])
            {
                var answer = OrderWorld.Json((await Grain(id).GetOrder(order)).Body);
                answer.GetProperty("customer_id").GetGuid().ShouldBe(pair.Survivor);
                answer.GetProperty("customer_snapshot").GetProperty("address")
                    .GetProperty("line1").GetString().ShouldNotBeNull();
            }
        }

        (await Grain(pair.Redundant).GetProfile(_orders.Own(pair.Redundant).Caller)).Code
            .ShouldBe(ReplyCode.CustomerUnknown);
        (await Journal(pair, "customer_absorbed", "merge_completed")).ShouldBe("1 1");
    }

    /// <summary>Both are as they were before the merge.</summary>
    public async Task IsApart(Pair pair)
    {
        await Is(pair.Survivor, 1, "499.00", 0, null, [pair.Own], pair.Own, [pair.Kept]);
        await IsRevived(pair);
    }

    /// <summary>The redundant is as it was before the merge.</summary>
    public Task IsRevived(Pair pair) => Is(
        pair.Redundant, 2, "998.00", 13, pair.Email, pair.Addresses, pair.Addresses[0], pair.Moved);

    public async Task<string> Journal(Pair pair, params string[] kinds)
    {
        var counts = new List<string>();
        foreach (var kind in kinds)
        {
            counts.Add(await Count(
                "SELECT count(*) FROM customer_event WHERE customer_id IN "
                + $"('{pair.Survivor}', '{pair.Redundant}') AND events LIKE '%\"{kind}\"%'"));
        }

        return string.Join(' ', counts);
    }

    public ValueTask DisposeAsync() => silo.DisposeAsync();

    private static int Risk(JsonElement staff) =>
        staff.GetProperty("risk").GetProperty("score").GetInt32();

    private async Task Is(
        Guid id, int orders, string spend, int risk, string? email, Guid[] addresses, Guid home,
        Guid[] placed)
    {
        var staff = await Staff(id);
        staff.GetProperty("id").GetGuid().ShouldBe(id);
        staff.GetProperty("total_orders_count").GetInt32().ShouldBe(orders);
        staff.GetProperty("total_spend").GetString().ShouldBe(spend);
        Risk(staff).ShouldBe(risk);
        staff.GetProperty("email").GetString().ShouldBe(email);
        var list = staff.GetProperty("addresses").EnumerateArray().ToArray();
        list.Select(a => a.GetProperty("id").GetGuid()).ShouldBe(addresses, ignoreOrder: true);
        list.Single(a => a.GetProperty("is_default").GetBoolean())
            .GetProperty("id").GetGuid().ShouldBe(home);
        foreach (var address in list) address.GetProperty("line1").GetString().ShouldNotBeNull();
        foreach (var order in placed)
        {
            var answer = OrderWorld.Json((await Grain(id).GetOrder(order)).Body);
            answer.GetProperty("customer_id").GetGuid().ShouldBe(id);
        }
    }
}

/// <param name="Own">The survivor's address.</param>
/// <param name="Kept">The survivor's order.</param>
/// <param name="Moved">The redundant's orders.</param>
internal sealed record Pair(
    Guid Survivor, Guid Redundant, string Email, Guid Own, Guid[] Addresses, Guid Kept, Guid[] Moved);
