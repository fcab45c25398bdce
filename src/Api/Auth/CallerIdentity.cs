using System.Security.Claims;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Auth;

/// <summary>The identity of a validated token, read into its contract form once per token and
/// shared by all its requests.</summary>
internal sealed class CallerIdentity(Caller caller, TokenKey token) : ClaimsIdentity("Bearer")
{
    public Caller Caller { get; } = caller;

    /// <summary>Names the token without holding it.</summary>
    public TokenKey Token { get; } = token;

    public static CallerIdentity? Of(HttpContext http) => http.User.Identity as CallerIdentity;
}
