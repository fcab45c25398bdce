using System.ComponentModel;
using System.Diagnostics;

namespace CustomerGrains.System.Tests;

/// <summary>Programs of the operating system that make a fault, run to their end.</summary>
internal static class OsProgram
{
    /// <returns>Its exit code; -1 when there is no such program.</returns>
    public static int Run(string program, params string[] arguments) =>
        Ask(program, arguments).Code;

    /// <returns>What it said on standard output, too.</returns>
    public static (int Code, string Said) Ask(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
            var said = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, said);
        }
        catch (Win32Exception)
        {
            return (-1, "");
        }
    }
}
