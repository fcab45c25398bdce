using System.CommandLine;
using CustomerGrains.Storage.Tokens;

namespace CustomerGrains.Launcher.Commands;

/// <summary><c>token</c>: an access token for a role and subject, signed with the data folder's own
/// key, for whoever may read that folder.</summary>
internal static class TokenCommand
{
    private const string BranchRole = "utb";

    public static Command Create()
    {
        var data = DataOption.Create();
        var role = new Option<string>("--role")
        {
            Required = true,
            Description = "Who the token is for.",
        };
        role.AcceptOnlyFromAmong("utc", BranchRole, "uta", "utd", "uts");
        var subject = new Option<Guid>("--sub")
        {
            Required = true,
            Description = "Id of the customer, member of staff, rider or system.",
        };
        var branch = new Option<Guid?>("--branch")
        {
            Description = "Id of the branch; for utb, and only there.",
        };
        var command = new Command("token", "Prints an access token, good for an hour.")
        {
            data, role, subject, branch,
        };
        command.Validators.Add(result =>
        {
            var isOfBranch = result.GetValue(role) == BranchRole;
            if (isOfBranch != (result.GetValue(branch) is not null))
                result.AddError("--branch belongs to --role utb, and to no other.");
        });
        command.SetAction(parsed => Print(
            parsed.DataDirectory(data).ServiceKeys, parsed.GetRequiredValue(subject),
            parsed.GetRequiredValue(role), parsed.GetValue(branch)));
        return command;
    }

    private static void Print(string keys, Guid subject, string role, Guid? branch)
    {
        var issuer = new TokenIssuer(
            SigningKeys.ReadOrCreate(keys, TimeProvider.System),
            Microsoft.Extensions.Options.Options.Create(FromEnvironment()), TimeProvider.System);
        Console.WriteLine(issuer.Issue(subject, role, branch));
    }

    /// <summary>As silos take them from their environment.</summary>
    private static TokenOptions FromEnvironment()
    {
        var options = new TokenOptions();
        if (Setting("Tokens__Issuer") is { } issuer) options.Issuer = issuer;
        if (Setting("Tokens__Audience") is { } audience) options.Audience = audience;
        return options;
    }

    private static string? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
