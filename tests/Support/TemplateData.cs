using System.Diagnostics;
using CustomerGrains.Launcher;
using CustomerGrains.Launcher.Postgres;
using CustomerGrains.Storage.Schema;
using Npgsql;

namespace CustomerGrains.Tests.Support;

/// <summary>A data folder with a migrated database without rows, made once for a test process: to
/// copy it takes a tenth of making one.</summary>
public static class TemplateData
{
    private static readonly Lazy<Task<string>> Made = new(Make);

    public static async Task CopyTo(string folder)
    {
        Directory.CreateDirectory(folder);
        // Owners and modes too: the database belongs to another account.
        using var copy = Process.Start("cp", ["-a", Path.Combine(await Made.Value, "."), folder]);
        await copy.WaitForExitAsync();
        if (copy.ExitCode != 0) throw new IOException($"The template was not copied to {folder}.");
    }

    private static async Task<string> Make()
    {
        var folder = await TestDirectory.Create();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var server = await LocalPostgres.Start(
            new DataDirectory(folder), new(), TextWriter.Null, CancellationToken.None);
        await using (var owner = NpgsqlDataSource.Create(
            server.ConnectionString(DatabaseBootstrap.OwnerRole, DatabaseBootstrap.DatabaseName)
            + ";Pooling=false"))
            await new SchemaMigrator(owner).Migrate(CancellationToken.None);
        await server.Stop();
        return folder;
    }
}
