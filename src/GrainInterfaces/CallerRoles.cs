namespace CustomerGrains.GrainInterfaces;

/// <summary>What the API calls roles.</summary>
public static class CallerRoles
{
    public static string NameOf(CallerRole role) => role switch
    {
        CallerRole.Customer => "utc",
        CallerRole.Branch => "utb",
        CallerRole.Admin => "uta",
        CallerRole.Rider => "utd",
        CallerRole.OrderSystem => "uts",
        CallerRole.System => "system",
        // Only a damaged row has another.
        _ => "unknown",
    };
}
