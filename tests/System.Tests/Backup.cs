using System.Diagnostics;
using CustomerGrains.Tests.Support;
using Npgsql;

namespace CustomerGrains.System.Tests;

/// <summary>Continuous archiving as PostgreSQL's manual describes it, with nothing but the server
/// and <c>cp</c>: a copy of the running server's folder, and every file of its log.</summary>
/// <param name="cluster">The server's folder.</param>
/// <param name="folder">Where copy and log go.</param>
internal sealed class Backup(string cluster, string folder)
{
    private const string Moment = "moment";

    private string Log => Path.Combine(folder, "log");

    private string Base => Path.Combine(folder, "base");

    /// <summary>Before the server starts.</summary>
    public void ArchiveLog()
    {
        Directory.CreateDirectory(Log);
        foreach (var path in (string[])[folder, Log]) OpenToServer(path);
        Configure($"""
            archive_mode = on
            archive_command = 'test ! -f {Log}/%f && cp %p {Log}/%f.part && mv {Log}/%f.part {Log}/%f'
            """);
    }

    /// <summary>While the server runs and is written to.</summary>
    public async Task Copy(NpgsqlDataSource database)
    {
        // Start and end belong to one session.
        await using var session = await database.OpenConnectionAsync();
        await Ask(session, "SELECT pg_backup_start('copy', fast => true)::text");
        await Run("cp", "-a", cluster, Base);
        var label = await Ask(
            session, "SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)");
        Write(Path.Combine(Base, "backup_label"), label);
        foreach (var file in Directory.GetFiles(Path.Combine(Base, "pg_wal"))) File.Delete(file);
        foreach (var file in (string[])["postmaster.pid", "postmaster.opts"])
            File.Delete(Path.Combine(Base, file));
    }

    /// <summary>Names the moment to come back to.</summary>
    /// <returns>The file of the log that it is in.</returns>
    public static async Task<string> Mark(NpgsqlDataSource database)
    {
        await using var session = await database.OpenConnectionAsync();
        return await Ask(
            session, $"SELECT pg_walfile_name(pg_create_restore_point('{Moment}'))");
    }

    /// <summary>Ends the file of the log that is being written, and waits until one has been put
    /// away.</summary>
    public async Task Archived(NpgsqlDataSource database, string file)
    {
        await using var session = await database.OpenConnectionAsync();
        await Ask(session, "SELECT pg_switch_wal()::text");
        await Eventually.Holds(
            "the log is archived", () => File.Exists(Path.Combine(Log, file)),
            CancellationToken.None);
    }

    /// <summary>The server's folder is gone; the copy takes its place, and the next start brings
    /// it forward to the moment.</summary>
    public void Restore()
    {
        Directory.Delete(cluster, recursive: true);
        Directory.Move(Base, cluster);
        Write(Path.Combine(cluster, "recovery.signal"), "");
        Configure($"""
            restore_command = 'cp {Log}/%f %p'
            recovery_target_name = '{Moment}'
            recovery_target_action = 'promote'
            """);
    }

    private void Configure(string settings) => File.AppendAllText(
        Path.Combine(cluster, "postgresql.conf"), Environment.NewLine + settings + Environment.NewLine);

    private static void Write(string path, string text)
    {
        File.WriteAllText(path, text);
        OpenToServer(path);
    }

    /// <summary>It may run under another account.</summary>
    private static void OpenToServer(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);
    }

    private static async Task<string> Ask(NpgsqlConnection session, string statement)
    {
        await using var command = new NpgsqlCommand(statement, session);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardError = true,
        })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        // Files that go while it copies are none that matter.
        var errors = said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line =>
            !line.EndsWith("No such file or directory", StringComparison.Ordinal));
        if (errors.Any()) throw new IOException($"{program} failed:\n{said}");
    }
}
