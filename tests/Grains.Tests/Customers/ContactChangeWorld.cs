using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Customers;

/// <summary>One silo, customers, and what the courier brought them.</summary>
internal sealed class ContactChangeWorld(TestSilo silo) : IAsyncDisposable
{
    private int _phones;

    public TestSilo Silo => silo;

    public static async Task<ContactChangeWorld> Start(PostgresFixture postgres) =>
        new(await TestSilo.Start(postgres));

    public ICustomerGrain Grain(Guid customer) => silo.Grains.GetGrain<ICustomerGrain>(customer);

    public IContactUndoGrain Undoing => silo.Grains.GetGrain<IContactUndoGrain>(0);

    public string NewPhone() => $"+4915112{Interlocked.Increment(ref _phones):D6}";

    public static Guid NewId() => Guid.CreateVersion7();

    /// <summary>A customer with a phone, or a guest.</summary>
    public async Task<Guid> SignUp(string? phone)
    {
        var id = NewId();
        var contact = phone is null ? null : new ProvedContact(ContactChannel.Phone, phone);
        (await Grain(id).SignUp(contact, Context(id))).Code.ShouldBe(ReplyCode.Ok);
        return id;
    }

    public CommandContext Context(Guid customer, string? key = null, string? content = null) => new(
        NewId(),
        new Caller(customer, CallerRole.Customer, silo.Time.GetUtcNow().ToUnixTimeMilliseconds()),
        Key: key is null ? null : new RequestKey(Hash(key), Hash(content ?? key)),
        TraceId: $"trace of {key}");

    /// <summary>Asks for another phone and reads the code.</summary>
    public async Task<(Guid ChangeId, string Code)> Request(Guid customer, string phone)
    {
        var change = NewId();
        var reply = await Grain(customer)
            .RequestContactChange(change, new("phone", phone, false), Context(customer));
        reply.Code.ShouldBe(ReplyCode.Ok);
        return (change, (await Newest(phone)).Code!);
    }

    public async Task<Reply> Verify(Guid customer, Guid change, string code, string? key = null) =>
        await Grain(customer).VerifyContactChange(new(change, code), Context(customer, key));

    public static string Wrong(string code) => code == "000000" ? "000001" : "000000";

    public async Task<DeliveredMessage> Newest(string to)
    {
        DeliveredMessage? newest = null;
        await Eventually.Holds("a message arrives", async () =>
        {
            newest = await Messages(to) is [var first, ..] ? first : null;
            return newest is not null;
        }, TestContext.Current.CancellationToken);
        return newest!;
    }

    public async Task<IReadOnlyList<DeliveredMessage>> Messages(string to) =>
        await silo.Grains.GetGrain<IDevelopmentGrain>(0).GetMessages(to);

    /// <summary>Waits until so many have arrived.</summary>
    public async Task<IReadOnlyList<DeliveredMessage>> Messages(string to, int count)
    {
        IReadOnlyList<DeliveredMessage> messages = [];
        await Eventually.Holds($"{count} messages arrive", async () =>
            (messages = await Messages(to)).Count >= count, TestContext.Current.CancellationToken);
        messages.Count.ShouldBe(count);
        return messages;
    }

    public async Task<JsonElement> Profile(Guid customer)
    {
        var reply = await Grain(customer).GetProfile(Context(customer).Caller);
        reply.Code.ShouldBe(ReplyCode.Ok);
        return Json(reply);
    }

    public static JsonElement Json(Reply reply) => JsonDocument.Parse(reply.Body).RootElement;

    public ValueTask DisposeAsync() => silo.DisposeAsync();

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
