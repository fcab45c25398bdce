namespace CustomerGrains.Api.Requests;

/// <summary>Who a development token is for.</summary>
internal sealed record TokenDraft(string Role, Guid Subject, Guid? BranchId);

internal static class DevelopmentShapes
{
    public static readonly BodyShape<TokenDraft> Token = new(
        [
            new("role", MemberKind.Text, "utc, utb, uta, utd or uts.", "\"utc\"", true),
            new("sub", MemberKind.Text, "UUID of the person or machine.",
                "\"01990b3c-5a50-7a2b-9d0e-3a1f7b6c2d11\"", true),
            new("branch_id", MemberKind.Text, "UUID; for utb only.", "null", Nullable: true),
        ],
        readOnly: [],
        Read);

    private static TokenDraft Read(MemberReader members)
    {
        var role = members.RequiredText("role");
        if (members.IsClean && Auth.RoleNames.Parse(role) is null)
            members.Refuse("role", "Expected utc, utb, uta, utd or uts.");
        var subject = members.RequiredId("sub");
        Guid? branch = members.Text("branch_id").Value is null
            ? null
            : members.RequiredId("branch_id");
        return new TokenDraft(role, subject, branch);
    }
}
