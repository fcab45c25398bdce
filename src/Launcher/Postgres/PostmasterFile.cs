using System.Globalization;

namespace CustomerGrains.Launcher.Postgres;

/// <summary>What a running server says about itself in <c>postmaster.pid</c>.</summary>
internal static class PostmasterFile
{
    private const string ServerProgram = "postgres";

    /// <summary>The process of the server that runs on this cluster, or null.</summary>
    public static int? RunningServer(string cluster) =>
        ReadPid(cluster) is { } pid && OsProcess.Runs(pid, ServerProgram) ? pid : null;

    /// <summary>
    /// Removes the file of a dead server whose number another process has taken: PostgreSQL would
    /// take that one for the server and refuse to start. Common after a container's restart.
    /// </summary>
    public static void RemoveIfStale(string cluster)
    {
        // A server and its workers stand in their cluster's folder; without /proc we cannot look,
        // and leave the decision to PostgreSQL.
        if (!OperatingSystem.IsLinux()) return;
        if (RunningServer(cluster) is not null || OsProcess.AnyWorksIn(cluster)) return;

        File.Delete(PathOf(cluster));
    }

    /// <summary>Waits for a server that has removed its file to be gone altogether.</summary>
    public static async Task Ended(int pid)
    {
        // Only its very last instructions are left.
        var wait = TimeSpan.FromMilliseconds(5);
        while (OsProcess.Runs(pid, ServerProgram)) await Task.Delay(wait);
    }

    private static int? ReadPid(string cluster)
    {
        if (!File.Exists(PathOf(cluster))) return null;

        var first = File.ReadLines(PathOf(cluster)).FirstOrDefault();
        return int.TryParse(first, CultureInfo.InvariantCulture, out var pid) ? pid : null;
    }

    private static string PathOf(string cluster) => Path.Combine(cluster, "postmaster.pid");
}
