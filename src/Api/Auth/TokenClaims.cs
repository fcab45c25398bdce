using CustomerGrains.GrainInterfaces;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CustomerGrains.Api.Auth;

internal static class TokenClaims
{
    private const long MillisecondsPerSecond = 1000;

    /// <summary>Last second a date can express; later ones are nonsense.</summary>
    private const long UnixSecondsMax = 253_402_300_799;

    /// <returns>Null unless <c>sub</c> is a UUID, <c>role</c> one of ours, the time of issue
    /// known and, for a branch's staff, <c>branch_id</c> a UUID.</returns>
    public static Caller? Read(JsonWebToken token)
    {
        if (!Guid.TryParse(token.Subject, out var id)) return null;
        if (!token.TryGetPayloadValue<string>("role", out var name)) return null;
        if (RoleNames.Parse(name) is not { } role) return null;
        if (IssuedAt(token) is not { } issued) return null;
        if (role != CallerRole.Branch) return new Caller(id, role, issued);
        return BranchOf(token) is { } branch ? new Caller(id, role, issued, branch) : null;
    }

    private static Guid? BranchOf(JsonWebToken token) =>
        token.TryGetPayloadValue<string>("branch_id", out var text)
        && Guid.TryParse(text, out var branch)
            ? branch
            : null;

    /// <summary><c>iat_ms</c> is our issuer's own; others give whole seconds.</summary>
    private static long? IssuedAt(JsonWebToken token)
    {
        if (token.TryGetPayloadValue<long>("iat_ms", out var precise)) return precise;
        if (!token.TryGetPayloadValue<long>("iat", out var seconds)) return null;
        return seconds is < 0 or > UnixSecondsMax ? null : seconds * MillisecondsPerSecond;
    }
}
