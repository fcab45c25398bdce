using System.Text;
using System.Text.Json;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Tests.Support;
using Shouldly;

namespace CustomerGrains.Grains.Tests.Orders;

/// <summary>A silo with customers who order.</summary>
internal sealed class OrderWorld(TestSilo silo) : IAsyncDisposable
{
    public static readonly Guid Branch = Guid.CreateVersion7();

    private readonly Caller _system = new(Guid.CreateVersion7(), CallerRole.OrderSystem, 0);

    public TestSilo Silo => silo;

    public static async Task<OrderWorld> Create(PostgresFixture postgres) =>
        new(await TestSilo.Start(postgres));

    public ICustomerGrain Customer(Guid id) => silo.Grains.GetGrain<ICustomerGrain>(id);

    /// <summary>A customer with a phone and one address.</summary>
    public async Task<(Guid Customer, Guid Address)> SignUp(string? birth = "1990-01-02")
    {
        Guid id = Guid.CreateVersion7(), address = Guid.CreateVersion7();
        var phone = $"+4915{Random.Shared.NextInt64(100_000_000, 999_999_999)}";
        (await Customer(id).SignUp(new(ContactChannel.Phone, phone), Own(id))).Code.ShouldBe(ReplyCode.Ok);
        await Customer(id).EditProfile(
            new ProfileEdit { Name = Patch<string>.To("Ann"), DateOfBirth = Patch<string>.To(birth) },
            Own(id));
        var details = new AddressEdit
        {
            Line1 = Patch<string>.To("1 Main Street"),
            City = Patch<string>.To("Lisbon"),
            PostalCode = Patch<string>.To("1000-001"),
        };
        (await Customer(id).AddAddress(address, details, Own(id))).Code.ShouldBe(ReplyCode.Ok);
        return (id, address);
    }

    public static OrderDraft Draft(Guid customer, Guid? address, Guid? id = null) => new()
    {
        OrderId = id ?? Guid.CreateVersion7(),
        CustomerId = customer,
        BranchId = Branch,
        AddressId = address,
        Categories = ["bread"],
        Total = "499.00",
        PlacedAt = "2026-11-23T07:59:00Z",
    };

    public async Task<Guid> Place(Guid customer, Guid? address)
    {
        var draft = Draft(customer, address);
        (await Customer(customer).PlaceOrder(draft, System())).Code.ShouldBe(ReplyCode.Created);
        return draft.OrderId;
    }

    public Task<Reply> Report(Guid customer, Guid order, string status, Guid? rider = null) =>
        Customer(customer).ProgressOrder(order, new OrderReport(status, rider, null), System());

    public async Task Deliver(Guid customer, Guid order, Guid? rider = null)
    {
        foreach (var status in (string[])["accepted", "picked_up", "delivered"])
            (await Report(customer, order, status, rider)).Code.ShouldBe(ReplyCode.Ok);
    }

    /// <summary>What a changed phone leaves in the database, behind the back of the activation if
    /// there is one: its next command is stale, and the next activation loads.</summary>
    public async Task ChangePhoneElsewhere(Guid customer)
    {
        await silo.Database.Execute(
            $"UPDATE orders SET contact_version = contact_version + 1, phone_updated = true "
            + $"WHERE user_id = '{customer}' AND ended_at IS NULL; "
            + $"UPDATE users SET version = version + 1 WHERE id = '{customer}'");
        try
        {
            await Customer(customer).EditProfile(
                new ProfileEdit { Name = Patch<string>.To($"Ann {Guid.NewGuid():N}") },
                Own(customer));
        }
        catch (TryAgainException)
        {
            // It was active.
        }
    }

    public static Caller Rider(Guid id) => new(id, CallerRole.Rider, 0);

    public CommandContext System(RequestKey? key = null) =>
        new(Guid.CreateVersion7(), _system, Key: key);

    public CommandContext Own(Guid customer) => new(
        Guid.CreateVersion7(),
        new Caller(customer, CallerRole.Customer, silo.Time.GetUtcNow().ToUnixTimeMilliseconds()));

    public static RequestKey Key(byte scope, byte fingerprint) => new(
        [.. Enumerable.Repeat(scope, 32)], [.. Enumerable.Repeat(fingerprint, 32)]);

    public static JsonElement Json(byte[] body) =>
        JsonDocument.Parse(Encoding.UTF8.GetString(body)).RootElement;

    public ValueTask DisposeAsync() => silo.DisposeAsync();
}
