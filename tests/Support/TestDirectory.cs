using System.Diagnostics;
using System.Globalization;
using CustomerGrains.Launcher;
using CustomerGrains.Launcher.Postgres;

namespace CustomerGrains.Tests.Support;

/// <summary>A data folder of one test process; the next cleans up after a killed one.</summary>
public static class TestDirectory
{
    private const string Prefix = "cg-test-";

    /// <summary>A new, empty folder that the database's account can reach.</summary>
    public static async Task<string> Create()
    {
        await SweepLeftovers();
        var name = string.Create(CultureInfo.InvariantCulture,
            $"{Prefix}{Environment.ProcessId}-{Path.GetRandomFileName()}");
        return Path.Combine(Path.GetTempPath(), name);
    }

    /// <summary>Stops a database that runs there and removes everything.</summary>
    public static async Task Remove(string path)
    {
        if (!Directory.Exists(path)) return;

        var data = new DataDirectory(path);
        await LocalPostgres.Stop(data, TextWriter.Null);
        Directory.Delete(path, recursive: true);
        var sockets = LocalPostgres.SocketFolder(data);
        if (Directory.Exists(sockets)) Directory.Delete(sockets, recursive: true);
    }

    private static async Task SweepLeftovers()
    {
        foreach (var path in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            var owner = Path.GetFileName(path)[Prefix.Length..].Split('-')[0];
            if (!int.TryParse(owner, CultureInfo.InvariantCulture, out var pid) || Alive(pid))
                continue;
            try
            {
                await Remove(path);
            }
            catch (IOException)
            {
                // Another run sweeps it at the same time.
            }
        }
    }

    private static bool Alive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
