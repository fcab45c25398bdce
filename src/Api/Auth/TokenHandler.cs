using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerGrains.Api.Auth;

/// <summary>Validates access tokens and reads them into their contract form.</summary>
internal sealed class TokenHandler(SigningKeys keys) : JsonWebTokenHandler
{
    public override async Task<TokenValidationResult> ValidateTokenAsync(
        string token, TokenValidationParameters validationParameters)
    {
        if (validationParameters.ConfigurationManager is null && CanReadToken(token))
        {
            // The service's own issuer. Of an external one, the manager knows the keys.
            validationParameters = validationParameters.Clone();
            validationParameters.IssuerSigningKeys = await keys.Find(KeyIdOf(token));
        }

        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (!result.IsValid) return result;
        var parsed = (JsonWebToken)result.SecurityToken;
        if (TokenClaims.Read(parsed) is not { } caller) return Refused();
        return new TokenValidationResult
        {
            IsValid = true,
            ClaimsIdentity =
                new KnownToken(caller, parsed.ValidTo + validationParameters.ClockSkew),
            SecurityToken = parsed,
        };
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
