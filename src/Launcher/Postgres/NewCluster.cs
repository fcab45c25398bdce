using System.Globalization;

namespace CustomerGrains.Launcher.Postgres;

/// <summary>Makes an empty cluster.</summary>
internal static class NewCluster
{
    /// <summary>Whether there is a cluster in the folder already.</summary>
    public static bool IsIn(string folder) => File.Exists(VersionFile(folder));

    /// <summary>The version that made the cluster, or null when there is none.</summary>
    public static int? MajorOf(string folder) => IsIn(folder)
        ? int.Parse(File.ReadAllText(VersionFile(folder)), CultureInfo.InvariantCulture)
        : null;

    /// <summary>Fills an empty folder that belongs to the account.</summary>
    /// <param name="passwordFile">Holds the superuser's password; readable by the account.</param>
    /// <exception cref="LauncherException"><c>initdb</c> failed.</exception>
    public static async Task Fill(
        string folder, string passwordFile, PostgresBinaries binaries, ServerAccount account,
        CancellationToken cancellation)
    {
        var failure = "";
        foreach (var locale in Locales(binaries.Major))
        {
            var command = account.Command(binaries.Program("initdb"),
                ["--pgdata", folder, "--username", LocalPostgres.Superuser,
                    "--pwfile", passwordFile, "--auth", "scram-sha-256", "--data-checksums",
                    "--encoding", "UTF8", .. locale]);
            var initdb = await OsCommand.Run(command, cancellation);
            if (initdb.Succeeded)
            {
                await Include(folder, cancellation);
                return;
            }

            failure = initdb.Output;
        }

        throw new LauncherException($"initdb could not make a database in {folder}:\n{failure}");
    }

    // Sorting must not change with a library's version: an index would break. The second is for
    // systems that do not have the first.
    private static string[][] Locales(int major) =>
    [
        major >= 17 // the first with sorting of its own
            ? ["--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]
            : ["--locale", "C.UTF-8"],
        ["--locale", "C"],
    ];

    private static string VersionFile(string folder) => Path.Combine(folder, "PG_VERSION");

    private static Task Include(string folder, CancellationToken cancellation) =>
        File.AppendAllTextAsync(
            Path.Combine(folder, "postgresql.conf"),
            $"\ninclude_if_exists = '{ServerSettings.FileName}'\n", cancellation);
}
