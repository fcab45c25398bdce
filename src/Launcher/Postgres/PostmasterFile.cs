using System.Globalization;

namespace CustomerGrains.Launcher.Postgres;

/// <summary>What a running server says about itself in <c>postmaster.pid</c>.</summary>
internal static class PostmasterFile
{
    private const string ServerProgram = "postgres";

    // Ten seconds altogether.
    private const int LooksMax = 500;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>The process of the server that runs on this cluster, or null.</summary>
    public static int? RunningServer(string cluster) =>
        ReadPid(cluster) is { } pid && OsProcess.Runs(pid, ServerProgram) ? pid : null;

    /// <summary>
    /// Makes way for a start after the server died: waits for its workers, which still hold its
    /// memory, and removes its files. PostgreSQL would take any process that has the old number
    /// for the server and refuse to start: another process after a container's restart, or the
    /// server's own corpse where the first process is slow to bury.
    /// </summary>
    public static async Task ClearAfterDeath(
        string cluster, string sockets, CancellationToken cancellation)
    {
        // A server and its workers stand in their cluster's folder; without /proc we cannot look,
        // and leave the decision to PostgreSQL.
        if (!OperatingSystem.IsLinux()) return;

        // Workers notice within milliseconds, unless they hang: then PostgreSQL says so.
        var looks = LooksMax;
        while (OsProcess.AnyWorksIn(cluster) && looks-- > 0)
            await Task.Delay(BetweenLooks, cancellation);
        if (looks < 0) return;

        File.Delete(PathOf(cluster));
        foreach (var file in Directory.GetFiles(sockets)) File.Delete(file);
    }

    /// <summary>Waits for a server that has removed its file to be gone altogether.</summary>
    public static async Task Ended(int pid)
    {
        // Only its very last instructions are left.
        while (OsProcess.Runs(pid, ServerProgram)) await Task.Delay(BetweenLooks);
    }

    private static int? ReadPid(string cluster)
    {
        if (!File.Exists(PathOf(cluster))) return null;

        var first = File.ReadLines(PathOf(cluster)).FirstOrDefault();
        return int.TryParse(first, CultureInfo.InvariantCulture, out var pid) ? pid : null;
    }

    private static string PathOf(string cluster) => Path.Combine(cluster, "postmaster.pid");
}
