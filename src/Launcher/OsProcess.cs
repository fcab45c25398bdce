using System.Diagnostics;
using System.Globalization;

namespace CustomerGrains.Launcher;

/// <summary>Processes that this one did not start.</summary>
public static class OsProcess
{
    /// <summary>
    /// Whether the process runs under this name. A dead one that its parent has not collected
    /// (a container without an init) does not run.
    /// </summary>
    public static bool Runs(int pid, string name)
    {
        if (OperatingSystem.IsLinux() && IsCorpse(pid)) return false;

        try
        {
            using var process = Process.GetProcessById(pid);
            return process.ProcessName == name;
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException)
        {
            return false; // gone, before or while we looked
        }
    }

    /// <summary>Whether some process has its working directory there. Linux only.</summary>
    internal static bool AnyWorksIn(string directory) =>
        Directory.EnumerateDirectories("/proc").Any(process => WorksIn(process, directory));

    private static bool WorksIn(string process, string directory)
    {
        if (!char.IsAsciiDigit(Path.GetFileName(process)[0])) return false;

        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget == directory;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false; // gone, or someone else's, and so not a server of ours
        }
    }

    // /proc/PID/stat: "PID (name) STATE …"; the name may hold anything, so count from its end.
    private static bool IsCorpse(int pid)
    {
        try
        {
            var stat = File.ReadAllText(
                string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            return stat.AsSpan(stat.LastIndexOf(')') + 2) is ['Z' or 'X', ..];
        }
        catch (IOException)
        {
            return true;
        }
    }
}
