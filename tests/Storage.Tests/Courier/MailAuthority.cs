using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CustomerGrains.Storage.Tests.Courier;

/// <summary>A certificate authority of one test, in a file as an operator would have it.</summary>
internal sealed class MailAuthority : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public MailAuthority()
    {
        var request = new CertificateRequest("CN=Test Authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = DateTimeOffset.UtcNow;
        _certificate = request.CreateSelfSigned(now - Lifetime, now + Lifetime);
        File.WriteAllText(Path, _certificate.ExportCertificatePem());
    }

    /// <summary>PEM.</summary>
    public string Path { get; } = System.IO.Path.GetTempFileName();

    /// <summary>A server's key and certificate, PEM.</summary>
    /// <param name="host">Null: for 127.0.0.1.</param>
    public (string Key, string Certificate) Issue(string? host = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test Mail", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (host is null) names.AddIpAddress(IPAddress.Loopback);
        else names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid("1.3.6.1.5.5.7.3.1")], critical: false)); // server authentication
        var now = DateTimeOffset.UtcNow;
        using var issued = request.Create(
            _certificate, now - Lifetime / 2, now + Lifetime / 2, Guid.NewGuid().ToByteArray());
        return (key.ExportPkcs8PrivateKeyPem(), issued.ExportCertificatePem());
    }

    public void Dispose()
    {
        File.Delete(Path);
        _certificate.Dispose();
        _key.Dispose();
    }
}
