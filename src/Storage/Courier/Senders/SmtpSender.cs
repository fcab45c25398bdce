using MailKit.Net.Smtp;
using Microsoft.Extensions.Options;
using MimeKit;

namespace CustomerGrains.Storage.Courier.Senders;

/// <summary>Hands emails to a mail server, one connection each: messages are few, and a connection
/// that is kept would have to be watched.</summary>
public sealed class SmtpSender(IOptions<SmtpOptions> options, TimeProvider time) : IMessageSender
{
    private readonly SmtpOptions _options = options.Value;

    public async Task Send(Guid id, CourierMessage message, CancellationToken cancellation)
    {
        using var mail = Render(id, message);
        using var client = new SmtpClient { Timeout = (int)_options.Timeout.TotalMilliseconds };
        await client.ConnectAsync(
            _options.Host, _options.Port, _options.SocketOptions, cancellation);
        if (_options.User.Length > 0)
            await client.AuthenticateAsync(_options.User, _options.Password, cancellation);
        await client.SendAsync(mail, cancellation);
        await client.DisconnectAsync(quit: true, cancellation);
    }

    private MimeMessage Render(Guid id, CourierMessage message)
    {
        var from = MailboxAddress.Parse(_options.From);
        var mail = new MimeMessage
        {
            // The same when it is carried again: the receiving server may know it already.
            MessageId = $"{id:N}@{from.Domain}",
            Date = time.GetUtcNow(),
            Subject = message.Subject ?? "",
            Body = new TextPart("plain") { Text = message.Text },
        };
        mail.From.Add(from);
        mail.To.Add(new MailboxAddress("", message.To));
        // RFC 3834: no out-of-office replies.
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        mail.Headers.Add(HeaderId.ContentLanguage, message.Language);
        return mail;
    }
}
