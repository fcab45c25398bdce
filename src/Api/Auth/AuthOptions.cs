using System.ComponentModel.DataAnnotations;

namespace CustomerGrains.Api.Auth;

/// <summary>Which access tokens are accepted. Section <c>Auth</c>.</summary>
internal sealed class AuthOptions
{
    /// <summary>URL of an external OpenID Connect authority. Null: the service's own issuer, whose
    /// keys come from the silos.</summary>
    public string? Authority { get; set; }

    /// <summary><c>iss</c> of the service's own tokens.</summary>
    [Required]
    public string Issuer { get; set; } = "customer-grains";

    /// <summary>Required <c>aud</c>.</summary>
    [Required]
    public string Audience { get; set; } = "customer-grains";

    /// <summary>How far clocks of issuer and front end may differ.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Validated tokens kept, twice over (two generations), at about 0.5 KiB each.
    /// </summary>
    [Range(1, 10_000_000)]
    public int CachedTokensMax { get; set; } = 50_000;

    /// <summary>Keys fetched over plain HTTP could be anybody's; a developer's machine may.
    /// </summary>
    public bool HasUsableAuthority(bool mayBePlainHttp) =>
        Authority is null
        || (Uri.TryCreate(Authority, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps
                || (mayBePlainHttp && url.Scheme == Uri.UriSchemeHttp)));
}
