namespace CustomerGrains.Storage.Courier.Senders;

/// <summary>The gateway that takes our text messages. Section <c>Courier:Sms</c>; without a URL
/// there is none.</summary>
public sealed class SmsGatewayOptions
{
    /// <summary>As long as the hash that it keys.</summary>
    private const int SecretLengthMin = 32;

    public Uri? Url { get; set; }

    /// <summary>Shared with the gateway; keys the signature. At least 32 characters.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Sender id or number, as the gateway wants it.</summary>
    public string From { get; set; } = "";

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>False for what cannot work. Codes go in clear to this machine itself only.
    /// </summary>
    public bool IsValid =>
        Url is null
        || (Url.IsAbsoluteUri
            && (Url.Scheme == Uri.UriSchemeHttps
                || (Url.Scheme == Uri.UriSchemeHttp && Loopback.Is(Url.Host)))
            && Secret.Length >= SecretLengthMin
            && Timeout > TimeSpan.Zero);
}
