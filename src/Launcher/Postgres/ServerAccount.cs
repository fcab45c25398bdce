using System.Diagnostics;

namespace CustomerGrains.Launcher.Postgres;

/// <summary>As whom the server runs. PostgreSQL refuses to run as root.</summary>
/// <param name="UserName">Another user of this machine, or null for the own one.</param>
/// <param name="InNamespace">
/// In a user namespace where root goes by another number; files stay root's outside.
/// </param>
internal sealed record ServerAccount(string? UserName, bool InNamespace)
{
    // The number of "nobody"; it has an entry in /etc/passwd, without which initdb fails.
    private const string NamespaceUser = "65534";

    private static readonly ServerAccount Own = new(null, false);

    // In this order; accounts are never created unasked.
    private static readonly ServerAccount[] InsteadOfRoot =
        [new("postgres", false), new(null, true), new("nobody", false)];

    /// <summary>The account that can own the cluster and run the programs.</summary>
    /// <param name="cluster">Its folder; when it is empty, it is given to the account.</param>
    /// <exception cref="LauncherException">There is none.</exception>
    public static async Task<ServerAccount> Choose(
        string cluster, PostgresBinaries binaries, CancellationToken cancellation)
    {
        if (!Environment.IsPrivilegedProcess) return Own;

        var fresh = !Directory.EnumerateFileSystemEntries(cluster).Any();
        foreach (var account in InsteadOfRoot)
        {
            if (fresh) await account.Take(cluster, cancellation);
            if (await account.Reaches(cluster, binaries, cancellation)) return account;
        }

        throw new LauncherException(
            $"PostgreSQL does not run as root, and no other account can reach {cluster} and "
            + $"{binaries.Directory}. Run the service as an ordinary user, or choose a --data "
            + "folder that the user 'postgres' can reach.");
    }

    /// <summary>How to start a program as this account, without the caller's PG settings.</summary>
    public ProcessStartInfo Command(string program, params IEnumerable<string> arguments)
    {
        var start = InNamespace
            ? new ProcessStartInfo("unshare",
                ["--user", "--map-user", NamespaceUser, "--map-group", NamespaceUser,
                    program, .. arguments])
            : new ProcessStartInfo(program, arguments) { UserName = UserName };
        start.WorkingDirectory = "/"; // the caller's may be closed to this account
        foreach (var name in start.Environment.Keys.Where(IsPostgresSetting).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    /// <summary>Gives a file or folder, not what a link points to, to this account.</summary>
    public async Task Take(string path, CancellationToken cancellation)
    {
        if (UserName is null && !InNamespace) return;

        // A user this machine does not have shows up right after, in Reaches.
        await OsCommand.Run("chown", ["-h", UserName ?? "0", path], cancellation);
    }

    /// <summary>Whether the account exists, owns the folder and can run the programs.</summary>
    public async Task<bool> Reaches(
        string folder, PostgresBinaries binaries, CancellationToken cancellation)
    {
        var check = Command("/bin/sh", "-c",
            """id -un > /dev/null && test -O "$1" && test -x "$2" """,
            "sh", folder, binaries.Program("initdb"));
        return (await OsCommand.Run(check, cancellation)).Succeeded;
    }

    private static bool IsPostgresSetting(string name) =>
        name.StartsWith("PG", StringComparison.Ordinal)
        || name.StartsWith("LC_", StringComparison.Ordinal);
}
