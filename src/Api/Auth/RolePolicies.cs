using CustomerGrains.GrainInterfaces;
using Microsoft.AspNetCore.Authorization;

namespace CustomerGrains.Api.Auth;

/// <summary>One policy per role; a route group declares its own, once.</summary>
internal static class RolePolicies
{
    public const string Customer = nameof(CallerRole.Customer);
    public const string Branch = nameof(CallerRole.Branch);
    public const string Admin = nameof(CallerRole.Admin);
    public const string Rider = nameof(CallerRole.Rider);
    public const string OrderSystem = nameof(CallerRole.OrderSystem);

    public static void AddRolePolicies(this AuthorizationBuilder authorization)
    {
        foreach (var role in Enum.GetValues<CallerRole>())
            authorization.AddPolicy(
                role.ToString(), policy => policy.AddRequirements(new RoleRequirement(role)));
    }
}

/// <summary>Without a handler of its own: wherever <see cref="RoleEvaluator"/> is not asked,
/// nobody has the role.</summary>
internal sealed record RoleRequirement(CallerRole Role) : IAuthorizationRequirement;
