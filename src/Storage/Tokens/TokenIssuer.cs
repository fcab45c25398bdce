using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerGrains.Storage.Tokens;

/// <summary>Makes access tokens (JWT, ES256).</summary>
public sealed class TokenIssuer(
    SigningKeys keys, IOptions<TokenOptions> options, TimeProvider time)
{
    private readonly TokenOptions _options = options.Value;
    private readonly JsonWebTokenHandler _handler =
        new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>Seconds until a new token expires.</summary>
    public int ExpiresIn => (int)_options.Lifetime.TotalSeconds;

    /// <param name="role"><c>utc</c>, <c>utb</c>, <c>uta</c>, <c>utd</c> or <c>uts</c>.</param>
    /// <param name="branchId">Claim <c>branch_id</c>; null to leave it out.</param>
    public string Issue(Guid subject, string role, Guid? branchId = null)
    {
        var now = time.UtcNowInMilliseconds();
        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = subject.ToString(),
            ["role"] = role,
            // Tokens are revoked by the millisecond, iat has seconds.
            ["iat_ms"] = now.ToUnixTimeMilliseconds(),
        };
        if (branchId is { } branch) claims["branch_id"] = branch.ToString();
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = _options.Issuer,
            Audience = _options.Audience,
            IssuedAt = now.UtcDateTime,
            Expires = now.UtcDateTime + _options.Lifetime,
            Claims = claims,
            SigningCredentials = keys.Current,
        });
    }
}
