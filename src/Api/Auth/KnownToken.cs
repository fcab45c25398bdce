using System.Security.Claims;
using CustomerGrains.Api.RateLimits;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Auth;

/// <summary>A token that was validated, in its contract form, shared by all its requests.</summary>
/// <remarks>The parsed token itself would be four times the size of everything kept here.
/// </remarks>
internal sealed class KnownToken : ClaimsIdentity
{
    public KnownToken(Caller caller, DateTime validTo)
        : base("Bearer")
    {
        (Caller, ValidTo) = (caller, validTo);
        Principal = new ClaimsPrincipal(this);
    }

    public Caller Caller { get; }

    /// <summary>UTC, the clock skew that is allowed included.</summary>
    public DateTime ValidTo { get; }

    public ClaimsPrincipal Principal { get; }

    /// <summary>What the token may still ask for.</summary>
    public TokenBucket Requests { get; } = new();

    /// <summary>Of the request's sender; null when it showed no token, or a bad one.</summary>
    public static KnownToken? Of(HttpContext http) => http.User.Identity as KnownToken;
}
