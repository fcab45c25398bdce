using System.ComponentModel;
using System.Diagnostics;

namespace CustomerGrains.Storage.Tests.Courier;

/// <summary>The mail server's program with the packages of its lock file.</summary>
internal static class MailServerPackage
{
    private static readonly string Folder =
        Path.Combine(AppContext.BaseDirectory, "Courier", "MailServer");

    private static readonly Lazy<Task<string>> Installed = new(Fetch);

    /// <summary>Installs what is missing, once for all tests.</summary>
    /// <returns>The folder of <c>server.js</c>.</returns>
    /// <exception cref="InvalidOperationException">It cannot be installed: the tests fail, they
    /// are not skipped.</exception>
    public static Task<string> Install() => Installed.Value;

    private static async Task<string> Fetch()
    {
        // Of the lock file that was installed; another one is another server.
        var stamp = Path.Combine(Folder, "node_modules", "installed.lock");
        var wanted = await File.ReadAllTextAsync(Path.Combine(Folder, "package-lock.json"));
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted) return Folder;
        await Run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        await File.WriteAllTextAsync(stamp, wanted);
        return Folder;
    }

    private static async Task Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var said = await Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                throw new InvalidOperationException(
                    $"The mail server of these tests could not be installed: {string.Concat(said)}");
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException(
                "These tests need Node 20 or newer with npm: they run a real mail server.", e);
        }
    }
}
