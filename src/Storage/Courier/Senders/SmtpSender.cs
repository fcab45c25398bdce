using MailKit.Net.Smtp;
using Microsoft.Extensions.Options;
using MimeKit;

namespace CustomerGrains.Storage.Courier.Senders;

/// <summary>Hands emails to a mail server, one connection each: messages are few, and a connection
/// that is kept would have to be watched.</summary>
/// <remarks>A recipient or a mail that the server refuses for good (5xx) is not sent again;
/// whatever else goes wrong is.</remarks>
public sealed class SmtpSender : IMessageSender
{
    /// <summary>RFC 5321 §4.2.1: replies from here on are permanent.</summary>
    private const int PermanentMin = 500;

    private readonly SmtpOptions _options;
    private readonly TimeProvider _time;
    private readonly PrivateAuthority? _authority;

    public SmtpSender(IOptions<SmtpOptions> options, TimeProvider time)
    {
        (_options, _time) = (options.Value, time);
        if (_options.CertificateAuthority.Length > 0)
            _authority = new PrivateAuthority(_options.CertificateAuthority);
    }

    public async Task Send(Guid id, CourierMessage message, CancellationToken cancellation)
    {
        using var mail = Render(id, message);
        using var client = new SmtpClient { Timeout = (int)_options.Timeout.TotalMilliseconds };
        if (_authority is not null)
        {
            client.ServerCertificateValidationCallback = _authority.Trusts;
            client.CheckCertificateRevocation = false;
        }

        await client.ConnectAsync(
            _options.Host, _options.Port, _options.SocketOptions, cancellation);
        if (_options.User.Length > 0)
            await client.AuthenticateAsync(_options.User, _options.Password, cancellation);
        try
        {
            await client.SendAsync(mail, cancellation);
        }
        catch (SmtpCommandException e) when (IsForGood(e))
        {
            throw new MessageRefusedException((int)e.StatusCode);
        }

        await client.DisconnectAsync(quit: true, cancellation);
    }

    /// <summary>About the sender or the login it would be a mistake in our settings, which
    /// somebody mends.</summary>
    private static bool IsForGood(SmtpCommandException e) =>
        (int)e.StatusCode >= PermanentMin
        && e.ErrorCode
            is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted;

    private MimeMessage Render(Guid id, CourierMessage message)
    {
        var from = MailboxAddress.Parse(_options.From);
        var mail = new MimeMessage
        {
            // The same when it is carried again: the receiving server may know it already.
            MessageId = $"{id:N}@{from.Domain}",
            Date = _time.GetUtcNow(),
            Subject = message.Subject ?? "",
            Body = new TextPart("plain") { Text = message.Text },
        };
        mail.From.Add(from);
        mail.To.Add(new MailboxAddress("", message.To));
        // RFC 3834: no out-of-office replies.
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        mail.Body.Headers.Add(HeaderId.ContentLanguage, message.Language);
        return mail;
    }
}
