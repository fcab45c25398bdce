using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace CustomerGrains.Api.Auth;

/// <summary>Decides policies that ask for one role by a comparison; leaves others to the
/// framework.</summary>
internal sealed class RoleEvaluator(IAuthorizationService authorization)
    : PolicyEvaluator(authorization)
{
    // The answers hold nothing of a request.
    private static readonly Task<AuthenticateResult> Known =
        Task.FromResult(AuthenticateResult.NoResult());

    private static readonly Task<PolicyAuthorizationResult> Allowed =
        Task.FromResult(PolicyAuthorizationResult.Success());

    private static readonly Task<PolicyAuthorizationResult> Forbidden =
        Task.FromResult(PolicyAuthorizationResult.Forbid());

    private static readonly Task<PolicyAuthorizationResult> Challenged =
        Task.FromResult(PolicyAuthorizationResult.Challenge());

    public override Task<AuthenticateResult> AuthenticateAsync(
        AuthorizationPolicy policy, HttpContext context) =>
        RoleOf(policy) is null ? base.AuthenticateAsync(policy, context) : Known;

    public override Task<PolicyAuthorizationResult> AuthorizeAsync(
        AuthorizationPolicy policy,
        AuthenticateResult authenticationResult,
        HttpContext context,
        object? resource)
    {
        if (RoleOf(policy) is not { } wanted)
            return base.AuthorizeAsync(policy, authenticationResult, context, resource);
        if (KnownToken.Of(context) is not { } token) return Challenged;
        return token.Caller.Role == wanted.Role ? Allowed : Forbidden;
    }

    private static RoleRequirement? RoleOf(AuthorizationPolicy policy) =>
        policy.Requirements is [RoleRequirement role] ? role : null;
}
