using System.Net;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Courier;
using CustomerGrains.Storage.Courier.Senders;
using CustomerGrains.Storage.SignIn;
using CustomerGrains.Storage.Tests.SignIn;
using CustomerGrains.Tests.Support;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Courier;

/// <summary>The courier with real servers at the other end that refuse, are busy, or die.</summary>
public sealed class CourierFaultTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly TimeSpan FirstPause = new CourierOptions().RetryAfter;

    private SignInWorld _world = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await SignInWorld.Create(postgres);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Mail_Taken_LeavesNoPlainCodeBehind()
    {
        await using var server = await MailServer.Start(new());
        await Ask("ada@example.com");

        (await Carry(server.Port)).ShouldBe("sent, wiped, 1");

        (await server.Close()).ShouldHaveSingleItem().Text.ShouldContain("Your code is ");
    }

    [Theory]
    [InlineData("gone@example.com")]
    [InlineData("strict@example.com")]
    public async Task Mail_RefusedForGood_IsGivenUpAtOnce(string to)
    {
        await using var server = await MailServer.Start(new());
        await Ask(to);

        (await Carry(server.Port)).ShouldBe("given_up, wiped, 1");

        (await server.Close()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Mail_RefusedForNow_IsSentLater()
    {
        await using var server = await MailServer.Start(new());
        await Ask("busy@example.com");

        (await Carry(server.Port)).ShouldBe("waiting, kept, 1");
        (await Carry(server.Port)).ShouldBe("waiting, kept, 1", "it is not due yet");
        _world.Time.Advance(FirstPause);
        (await Carry(server.Port)).ShouldBe("waiting, kept, 2");
        _world.Time.Advance(FirstPause * 4);
        (await Carry(server.Port)).ShouldBe("sent, wiped, 3");

        (await server.Close()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Mail_ServerDiesWithinIt_ArrivesOnceItIsBack()
    {
        await using var dying = await MailServer.Start(new(Dies: "within"));
        await Ask("ada@example.com");
        (await Carry(dying.Port)).ShouldBe("waiting, kept, 1");
        (await dying.Close()).ShouldBeEmpty();

        _world.Time.Advance(FirstPause);
        (await Carry(dying.Port)).ShouldBe("waiting, kept, 2", "nobody listens");
        await using var back = await MailServer.Start(new(Port: dying.Port));
        _world.Time.Advance(FirstPause * 4);
        (await Carry(back.Port)).ShouldBe("sent, wiped, 3");

        (await back.Close()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Mail_ServerDiesBeforeItsAnswer_GetsItAgainUnderTheSameId()
    {
        await using var dying = await MailServer.Start(new(Dies: "before the answer"));
        await Ask("ada@example.com");
        (await Carry(dying.Port)).ShouldBe("waiting, kept, 1");
        var first = (await dying.Close()).ShouldHaveSingleItem();

        await using var back = await MailServer.Start(new());
        _world.Time.Advance(FirstPause);
        (await Carry(back.Port)).ShouldBe("sent, wiped, 2");

        var second = (await back.Close()).ShouldHaveSingleItem();
        (second.Mail.MessageId, second.Text).ShouldBe((first.Mail.MessageId, first.Text));
    }

    [Fact]
    public async Task Text_GatewayFailsTwice_GetsItAgainUnderTheSameKey()
    {
        using var gateway = SmsGateway.Start(out var url);
        await Ask(_world.NewPhone());

        var keys = new List<string?>();
        foreach (var (answer, state) in new (HttpStatusCode, string)[]
        {
            (HttpStatusCode.InternalServerError, "waiting, kept, 1"),
            (HttpStatusCode.ServiceUnavailable, "waiting, kept, 2"),
            (HttpStatusCode.Accepted, "sent, wiped, 3"),
        })
        {
            var carried = Carry(Texts(url));
            keys.Add((await gateway.Answer(answer, Token)).Headers["Idempotency-Key"]);
            (await carried).ShouldBe(state);
            _world.Time.Advance(FirstPause * 4);
        }

        keys.Distinct().ShouldHaveSingleItem().ShouldNotBeNull();
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.UnprocessableEntity)]
    public async Task Text_RefusedForGood_IsGivenUpAtOnce(HttpStatusCode refusal)
    {
        using var gateway = SmsGateway.Start(out var url);
        await Ask(_world.NewPhone());

        var carried = Carry(Texts(url));
        await gateway.Answer(refusal, Token);

        (await carried).ShouldBe("given_up, wiped, 1");
    }

    private Task Ask(string email) => Ask(new Contact(ContactChannel.Email, email));

    private async Task Ask(Contact contact) =>
        (await _world.Challenges.Start(contact)).ShouldBeOfType<StartOutcome.Started>();

    private Task<string> Carry(int port) => Carry(new SmtpSender(
        Options.Create(new SmtpOptions
        {
            Host = "127.0.0.1",
            Port = port,
            Security = SmtpSecurity.None,
            From = "codes@shop.example",
        }),
        _world.Time));

    /// <returns>State, whether the content is still there, attempts.</returns>
    private async Task<string> Carry(IMessageSender sender)
    {
        await _world.Courier(sender).CarryDue(Token);
        return await _world.Database.Query<string>(
            "SELECT state || CASE WHEN payload IS NULL THEN ', wiped, ' ELSE ', kept, ' END "
            + "|| attempts FROM courier_messages");
    }

    private SmsGatewaySender Texts(Uri url) => new(
        Options.Create(new SmsGatewayOptions { Url = url, Secret = SmsGateway.Secret }), _world.Time);
}
