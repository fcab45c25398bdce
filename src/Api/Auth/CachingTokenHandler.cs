using CustomerGrains.GrainInterfaces;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerGrains.Api.Auth;

/// <summary>Validates access tokens, each once.</summary>
/// <remarks>Only successes are kept: a bad token costs a check every time, but no memory.</remarks>
internal sealed class CachingTokenHandler(TokenCache cache, SigningKeys keys) : JsonWebTokenHandler
{
    public override Task<TokenValidationResult> ValidateTokenAsync(
        string token, TokenValidationParameters validationParameters)
    {
        var key = TokenKey.Of(token);
        return cache.Find(key) ?? Validate(token, key, validationParameters);
    }

    private async Task<TokenValidationResult> Validate(
        string token, TokenKey key, TokenValidationParameters parameters)
    {
        if (parameters.ConfigurationManager is null && CanReadToken(token))
        {
            // The service's own issuer. Of an external one, the manager knows the keys.
            parameters = parameters.Clone();
            parameters.IssuerSigningKeys = await keys.Find(KeyIdOf(token));
        }

        var result = await base.ValidateTokenAsync(token, parameters);
        if (!result.IsValid) return result;
        var parsed = (JsonWebToken)result.SecurityToken;
        if (TokenClaims.Read(parsed) is not { } caller) return Refused();
        return Remember(key, caller, parsed.ValidTo + parameters.ClockSkew);
    }

    private TokenValidationResult Remember(TokenKey key, Caller caller, DateTime validTo)
    {
        var result = new TokenValidationResult
        {
            IsValid = true,
            ClaimsIdentity = new CallerIdentity(caller, key),
            SecurityToken = new ValidatedToken(validTo),
        };
        cache.Add(key, result, validTo);
        return result;
    }

    private string? KeyIdOf(string token)
    {
        try
        {
            return ReadJsonWebToken(token).Kid;
        }
        catch (ArgumentException)
        {
            return null; // Not a token at all; the validation says so.
        }
    }

    private static TokenValidationResult Refused() => new()
    {
        IsValid = false,
        Exception = new SecurityTokenException("The claims sub, role or iat are not usable."),
    };
}
