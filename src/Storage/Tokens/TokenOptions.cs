using CustomerGrains.Domain.SignIn;

namespace CustomerGrains.Storage.Tokens;

/// <summary>What access tokens say. Section <c>Tokens</c>.</summary>
public sealed class TokenOptions
{
    public const string Section = "Tokens";

    /// <summary>Claim <c>iss</c>.</summary>
    public string Issuer { get; set; } = "customer-grains";

    /// <summary>Claim <c>aud</c>.</summary>
    public string Audience { get; set; } = "customer-grains";

    /// <summary>How long an access token is good; 15 minutes at least.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>False for what cannot work.</summary>
    public bool IsValid =>
        Issuer.Length > 0 && Audience.Length > 0 && Lifetime >= SignInLimits.AccessTokenLifetimeMin;
}
