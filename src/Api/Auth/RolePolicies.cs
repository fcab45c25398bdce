using CustomerGrains.GrainInterfaces;
using Microsoft.AspNetCore.Authorization;

namespace CustomerGrains.Api.Auth;

/// <summary>One policy per role; a route group declares its own, once.</summary>
internal static class RolePolicies
{
    public const string Customer = nameof(CallerRole.Customer);
    public const string Admin = nameof(CallerRole.Admin);
    public const string Rider = nameof(CallerRole.Rider);
    public const string OrderSystem = nameof(CallerRole.OrderSystem);

    public static void AddRolePolicies(this AuthorizationBuilder authorization)
    {
        foreach (var role in Enum.GetValues<CallerRole>())
        {
            authorization.AddPolicy(role.ToString(), policy => policy
                .RequireAuthenticatedUser()
                .RequireAssertion(context =>
                    context.User.Identity is CallerIdentity identity
                    && identity.Caller.Role == role));
        }
    }
}
