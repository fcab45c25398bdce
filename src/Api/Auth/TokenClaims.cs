using CustomerGrains.GrainInterfaces;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CustomerGrains.Api.Auth;

internal static class TokenClaims
{
    private const long MillisecondsPerSecond = 1000;

    /// <summary>Last second a date can express; later ones are nonsense.</summary>
    private const long UnixSecondsMax = 253_402_300_799;

    /// <returns>Null unless <c>sub</c> is a UUID, <c>role</c> one of ours and the time of issue
    /// is known.</returns>
    public static Caller? Read(JsonWebToken token)
    {
        if (!Guid.TryParse(token.Subject, out var id)) return null;
        if (!token.TryGetPayloadValue<string>("role", out var name)) return null;
        if (RoleNames.Parse(name) is not { } role) return null;
        return IssuedAt(token) is { } issued ? new Caller(id, role, issued) : null;
    }

    /// <summary><c>iat_ms</c> is our issuer's own; others give whole seconds.</summary>
    private static long? IssuedAt(JsonWebToken token)
    {
        if (token.TryGetPayloadValue<long>("iat_ms", out var precise)) return precise;
        if (!token.TryGetPayloadValue<long>("iat", out var seconds)) return null;
        return seconds is < 0 or > UnixSecondsMax ? null : seconds * MillisecondsPerSecond;
    }
}
