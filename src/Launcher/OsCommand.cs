using System.ComponentModel;
using System.Diagnostics;

namespace CustomerGrains.Launcher;

/// <summary>A program of the operating system, run to its end.</summary>
/// <param name="ExitCode">Null when the program could not be started at all.</param>
/// <param name="Output">Standard output followed by standard error, trimmed.</param>
internal sealed record OsCommand(int? ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;

    public static Task<OsCommand> Run(
        string program, IEnumerable<string> arguments, CancellationToken cancellation) =>
        Run(new ProcessStartInfo(program, arguments), cancellation);

    /// <summary>Runs to the end, also after cancellation: half-done is worse than late.</summary>
    public static async Task<OsCommand> Run(ProcessStartInfo start, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            await process.WaitForExitAsync(CancellationToken.None);
            return new(process.ExitCode, (await output + await error).Trim());
        }
        catch (Win32Exception failure)
        {
            return new(null, failure.Message);
        }
    }
}
