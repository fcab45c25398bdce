using CustomerGrains.Domain.Customers;
using CustomerGrains.Domain.SignIn;
using CustomerGrains.Storage.Courier;
using CustomerGrains.Storage.Courier.Senders;
using CustomerGrains.Storage.SignIn;
using MailKit.Security;
using MimeKit;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Courier;

/// <summary>The sender against a real mail server, with and without TLS.</summary>
public sealed class SmtpSenderTests : IDisposable
{
    private const string User = "shop";
    private const string Password = "correct horse";

    private static readonly Contact Ada = new(ContactChannel.Email, "ada@example.com");

    private static readonly CourierMessage Code =
        CourierMessage.WithCode(Ada, CodePurpose.ProfileUpdate, "204816", "de");

    private readonly MailAuthority _authority = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Languages => [.. MessageTemplates.Languages];

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData(SmtpSecurity.StartTls, "starttls")]
    [InlineData(SmtpSecurity.Tls, "implicit")]
    public async Task Send_ThroughTlsWithALogin_Arrives(SmtpSecurity security, string tls)
    {
        await using var server = await MailServer.Start(Secured(tls));

        await Sender(server, security).Send(Guid.CreateVersion7(), Code, Token);

        var mail = (await server.Close()).ShouldHaveSingleItem();
        (mail.Tls, mail.User).ShouldBe((true, User));
        mail.From.ShouldBe("codes@shop.example");
        mail.To.ShouldBe(["ada@example.com"]);
    }

    [Fact]
    public async Task Send_AgainUnderItsId_KeepsTheMessageId()
    {
        await using var server = await MailServer.Start(new());
        var sender = Sender(server, SmtpSecurity.None, user: "");
        var id = Guid.CreateVersion7();

        await sender.Send(id, Code, Token);
        await sender.Send(id, Code, Token);

        var mails = await server.Close();
        mails.Count.ShouldBe(2);
        mails.ShouldAllBe(m => m.Mail.MessageId == $"{id:N}@shop.example");
    }

    [Theory, MemberData(nameof(Languages))]
    public async Task Send_EveryTextOfALanguage_ArrivesAsItWasWritten(string language)
    {
        await using var server = await MailServer.Start(new());
        var sender = Sender(server, SmtpSecurity.None, user: "");
        CourierMessage[] messages =
        [
            CourierMessage.WithCode(Ada, CodePurpose.ProfileUpdate, "204816", language),
            CourierMessage.ChangeRequested(Ada, language, "T", "https://shop.example/undo#T"),
            CourierMessage.ChangeCompleted(Ada, language, "T", "https://shop.example/undo#T"),
        ];

        foreach (var message in messages) await sender.Send(Guid.CreateVersion7(), message, Token);

        var mails = await server.Close();
        mails.Select(m => m.Mail.Subject).ShouldBe(messages.Select(m => m.Subject));
        mails.Select(m => m.Text).ShouldBe(messages.Select(m => m.Text));
        mails.ShouldAllBe(m => m.Mail.Body!.Headers[HeaderId.ContentLanguage] == language);
        mails.ShouldAllBe(m => m.Mail.Headers[HeaderId.AutoSubmitted] == "auto-generated");
        mails[0].Text.ShouldContain("204816");
        mails[1].Text.ShouldContain("https://shop.example/undo#T");
    }

    [Fact]
    public async Task Send_WithoutATextInTheLanguage_SaysWhichItIsIn()
    {
        await using var server = await MailServer.Start(new());
        var message = CourierMessage.WithCode(Ada, CodePurpose.SignIn, "204816", "tlh");

        await Sender(server, SmtpSecurity.None, user: "")
            .Send(Guid.CreateVersion7(), message, Token);

        (await server.Close()).ShouldHaveSingleItem()
            .Mail.Body!.Headers[HeaderId.ContentLanguage].ShouldBe("en");
    }

    [Theory]
    [InlineData("starttls", SmtpSecurity.StartTls)]
    [InlineData("implicit", SmtpSecurity.Tls)]
    public async Task Send_ToACertificateOfNobody_SendsNothing(string tls, SmtpSecurity security)
    {
        await using var server = await MailServer.Start(Secured(tls));
        var options = Options(server, security);
        options.CertificateAuthority = "";

        await Should.ThrowAsync<SslHandshakeException>(
            Sender(options).Send(Guid.CreateVersion7(), Code, Token));

        (await server.Close()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_ToAnotherHostsCertificate_SendsNothing()
    {
        await using var server =
            await MailServer.Start(Secured("implicit", host: "mail.example.com"));
        await Should.ThrowAsync<SslHandshakeException>(
            Sender(server, SmtpSecurity.Tls).Send(Guid.CreateVersion7(), Code, Token));
        (await server.Close()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_WhereStartTlsWasTakenAway_SendsNothing()
    {
        await using var server = await MailServer.Start(new());
        await Should.ThrowAsync<NotSupportedException>(
            Sender(server, SmtpSecurity.StartTls).Send(Guid.CreateVersion7(), Code, Token));
        (await server.Close()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_WithTheWrongPassword_MayBeTriedAgain()
    {
        await using var server = await MailServer.Start(Secured("starttls"));
        var options = Options(server, SmtpSecurity.StartTls);
        options.Password = "wrong";

        await Should.ThrowAsync<AuthenticationException>(
            Sender(options).Send(Guid.CreateVersion7(), Code, Token));

        (await server.Close()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("gone@example.com", 550)]
    [InlineData("strict@example.com", 554)]
    public async Task Send_RefusedForGood_SaysSoWithoutTheContact(string to, int status)
    {
        await using var server = await MailServer.Start(new());
        var message = CourierMessage.WithCode(
            new Contact(ContactChannel.Email, to), CodePurpose.SignIn, "204816");

        var refused = await Should.ThrowAsync<MessageRefusedException>(
            Sender(server, SmtpSecurity.None, user: "")
                .Send(Guid.CreateVersion7(), message, Token));

        refused.Status.ShouldBe(status);
        refused.ToString().ShouldNotContain(to);
        (await server.Close()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("mail.example.com", SmtpSecurity.None, "a@example.com", true, false)]
    [InlineData("mail.example.com", SmtpSecurity.StartTls, "a@example.com", true, true)]
    [InlineData("mail.example.com", SmtpSecurity.StartTls, "a@example.com", false, false)]
    [InlineData("127.0.0.1", SmtpSecurity.None, "a@example.com", true, true)]
    [InlineData("mail.example.com", SmtpSecurity.Tls, "", true, false)]
    [InlineData("", SmtpSecurity.StartTls, "", true, true)]
    public void Options_AllowClearTextToThisMachineOnly(
        string host, SmtpSecurity security, string from, bool hasAuthority, bool valid) =>
        new SmtpOptions
        {
            Host = host,
            Security = security,
            From = from,
            CertificateAuthority = hasAuthority ? _authority.Path : "/nowhere/ca.pem",
        }.IsValid.ShouldBe(valid);

    private MailServerSetup Secured(string tls, string? host = null)
    {
        var (key, certificate) = _authority.Issue(host);
        return new(tls, key, certificate, User, Password);
    }

    private SmtpSender Sender(
        MailServer server, SmtpSecurity security, string user = User) =>
        Sender(Options(server, security, user));

    private static SmtpSender Sender(SmtpOptions options) =>
        new(Microsoft.Extensions.Options.Options.Create(options), TimeProvider.System);

    private SmtpOptions Options(
        MailServer server, SmtpSecurity security, string user = User) => new()
        {
            Host = "127.0.0.1",
            Port = server.Port,
            Security = security,
            CertificateAuthority = _authority.Path,
            User = user,
            Password = Password,
            From = "codes@shop.example",
        };
}
