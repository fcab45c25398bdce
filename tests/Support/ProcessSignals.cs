using System.Runtime.InteropServices;

namespace CustomerGrains.Tests.Support;

/// <summary>Makes a process stand still as a long garbage collection or a frozen machine would.
/// </summary>
internal static class ProcessSignals
{
    public static void Pause(int pid) => Send(pid, OperatingSystem.IsMacOS() ? 17 : 19); // SIGSTOP

    /// <summary>Nothing happens when it has ended.</summary>
    public static void Continue(int pid) => Send(pid, OperatingSystem.IsMacOS() ? 19 : 18);

    private static void Send(int pid, int signal) => _ = Kill(pid, signal);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
