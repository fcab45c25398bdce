using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerGrains.Bench.Shared;

/// <summary>Validates a token at its first use; a look-up does for all others.</summary>
internal sealed class CachingTokenHandler : JsonWebTokenHandler
{
    // More than any run has; a service would bound it as well.
    private const int TokensMax = 200_000;

    private readonly ConcurrentDictionary<string, Entry> known = [];

    public override Task<TokenValidationResult> ValidateTokenAsync(
        string token, TokenValidationParameters validationParameters) =>
        known.TryGetValue(token, out var entry) && DateTime.UtcNow < entry.End
            ? entry.Result
            : Validate(token, validationParameters);

    private async Task<TokenValidationResult> Validate(
        string token, TokenValidationParameters validationParameters)
    {
        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (!result.IsValid) return result;
        if (known.Count > TokensMax) known.Clear();
        _ = result.ClaimsIdentity; // made once, here, not by the first requests that race for it
        known[token] = new Entry(Task.FromResult(result), result.SecurityToken.ValidTo);
        return result;
    }

    private sealed record Entry(Task<TokenValidationResult> Result, DateTime End);
}
