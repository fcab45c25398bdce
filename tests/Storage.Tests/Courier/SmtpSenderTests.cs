using CustomerGrains.Domain.Customers;
using CustomerGrains.Domain.SignIn;
using CustomerGrains.Storage.Courier;
using CustomerGrains.Storage.Courier.Senders;
using CustomerGrains.Storage.SignIn;
using CustomerGrains.Storage.Tests.SignIn;
using CustomerGrains.Tests.Support;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Courier;

public sealed class SmtpSenderTests(PostgresFixture postgres)
{
    private static readonly Contact Ada = new(ContactChannel.Email, "ada@example.com");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_HandsTheMailToTheServer_WithAnIdThatStaysTheSame()
    {
        await using var server = new SmtpServer();
        var sender = Sender(server);
        var id = Guid.CreateVersion7();
        var message = CourierMessage.WithCode(Ada, CodePurpose.ProfileUpdate, "204816", "de");

        await sender.Send(id, message, Token);
        await sender.Send(id, message, Token);

        server.Recipients.ShouldBe(["ada@example.com", "ada@example.com"]);
        server.Messages.Count.ShouldBe(2);
        var mail = server.Messages[0];
        mail.ShouldContain("From: codes@shop.example");
        mail.ShouldContain("Subject: Ihr Code");
        mail.ShouldContain("Ihr Code ist 204816.");
        mail.ShouldContain("Auto-Submitted: auto-generated");
        server.Messages.ShouldAllBe(m => m.Contains($"Message-Id: <{id:N}@shop.example>"));
    }

    [Fact]
    public async Task Send_RefusedByTheServer_Throws()
    {
        await using var server = new SmtpServer { Refuses = true };
        var message = CourierMessage.WithCode(Ada, CodePurpose.SignIn, "204816");
        await Should.ThrowAsync<Exception>(
            () => Sender(server).Send(Guid.CreateVersion7(), message, Token));
        server.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task Courier_CarriesByMail_AndLeavesNoPlainCodeBehind()
    {
        await using var server = new SmtpServer();
        await using var world = await SignInWorld.Create(postgres);
        await world.Challenges.Start(Ada);

        (await world.Courier(new ChannelSender(null, Sender(server), null)).CarryDue(Token))
            .ShouldBe(1);

        server.Messages.ShouldHaveSingleItem().ShouldContain("Your code is ");
        (await world.Database.Query<long>(
            "SELECT count(*) FROM courier_messages WHERE state = 'sent' AND payload IS NULL"))
            .ShouldBe(1);
    }

    [Theory]
    [InlineData("mail.example.com", SmtpSecurity.None, "a@example.com", false)]
    [InlineData("mail.example.com", SmtpSecurity.StartTls, "a@example.com", true)]
    [InlineData("127.0.0.1", SmtpSecurity.None, "a@example.com", true)]
    [InlineData("mail.example.com", SmtpSecurity.Tls, "", false)]
    [InlineData("", SmtpSecurity.StartTls, "", true)]
    public void Options_AllowClearTextToThisMachineOnly(
        string host, SmtpSecurity security, string from, bool valid) =>
        new SmtpOptions { Host = host, Security = security, From = from }.IsValid.ShouldBe(valid);

    private static SmtpSender Sender(SmtpServer server) => new(
        Options.Create(new SmtpOptions
        {
            Host = "127.0.0.1",
            Port = server.Port,
            Security = SmtpSecurity.None,
            From = "codes@shop.example",
        }),
        TimeProvider.System);
}
