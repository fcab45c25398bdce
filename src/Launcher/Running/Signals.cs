using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CustomerGrains.Launcher.Running;

/// <summary>Asks a process to end; <see cref="Process.Kill()"/> does not ask.</summary>
public static class Signals
{
    private const int Terminate = 15; // SIGTERM, the same number on Linux and macOS

    public static void AskToEnd(Process process)
    {
        // Fails only when the process has ended already, which is what was asked for.
        if (!process.HasExited) _ = Kill(process.Id, Terminate);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
