using System.Net;
using MailKit.Security;

namespace CustomerGrains.Storage.Courier.Senders;

/// <summary>The mail server that takes our messages. Section <c>Courier:Smtp</c>; without a host
/// there is none.</summary>
public sealed class SmtpOptions
{
    public string Host { get; set; } = "";

    /// <summary>Submission (RFC 6409).</summary>
    public int Port { get; set; } = 587;

    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    /// <summary>Empty: no login.</summary>
    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>PEM file of the authority that signed the server's certificate; empty: one that
    /// this machine trusts.</summary>
    public string CertificateAuthority { get; set; } = "";

    /// <summary>An address that may send through this server.</summary>
    public string From { get; set; } = "";

    /// <summary>For each step; the courier's lease bounds the whole.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    internal bool IsConfigured => Host.Length > 0;

    /// <summary>False for what cannot work. Codes go in clear to this machine itself only.
    /// </summary>
    public bool IsValid =>
        !IsConfigured
        || (Port is > 0 and <= IPEndPoint.MaxPort
            && Timeout > TimeSpan.Zero
            && MimeKit.MailboxAddress.TryParse(From, out _)
            && (CertificateAuthority.Length == 0 || File.Exists(CertificateAuthority))
            && (Security != SmtpSecurity.None || Loopback.Is(Host)));

    internal SecureSocketOptions SocketOptions => Security switch
    {
        SmtpSecurity.None => SecureSocketOptions.None,
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => throw new InvalidOperationException($"Unknown security {Security}."),
    };
}

public enum SmtpSecurity
{
    StartTls,
    Tls,

    /// <summary>To this machine only.</summary>
    None,
}
