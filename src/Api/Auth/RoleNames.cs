using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Auth;

/// <summary>Roles as tokens name them.</summary>
internal static class RoleNames
{
    public static CallerRole? Parse(string? name) => name switch
    {
        "utc" => CallerRole.Customer,
        "utb" => CallerRole.Branch,
        "uta" => CallerRole.Admin,
        "utd" => CallerRole.Rider,
        "uts" => CallerRole.OrderSystem,
        _ => null,
    };
}
