using CustomerGrains.Storage.Schema;
using Npgsql;

namespace CustomerGrains.Launcher.Postgres;

/// <summary>
/// A PostgreSQL server of our own in a data folder. It runs apart from the process that started
/// it: when that one is killed, the server goes on, and the next <see cref="Start"/> finds it.
/// </summary>
public sealed class LocalPostgres
{
    /// <summary>The bootstrap superuser; the launcher makes roles and databases with it.</summary>
    public const string Superuser = "postgres";

    // Seconds. Recovery after a crash replays up to max_wal_size, at worst from a slow disk.
    private const string StartLimit = "600";

    // Seconds. The last checkpoint writes what is left in memory.
    private const string StopLimit = "120";

    private static readonly TimeSpan RecoveryLook = TimeSpan.FromMilliseconds(200);

    private readonly DataDirectory _data;
    private readonly PostgresBinaries _binaries;
    private readonly ServerAccount _account;
    private readonly TextWriter _log;

    private LocalPostgres(
        DataDirectory data, PostgresBinaries binaries, ServerAccount account, TextWriter log)
    {
        (_data, _binaries, _account, _log) = (data, binaries, account, log);
        SocketPath = SocketFolder(data);
    }

    /// <summary>The folder of the server's socket: <c>Host</c> when connecting.</summary>
    public string SocketPath { get; }

    /// <summary>The server's process, or null when it is not running.</summary>
    public int? ProcessId => PostmasterFile.RunningServer(_data.Postgres);

    /// <summary>The server's process on these data, or null when none runs.</summary>
    public static int? Running(DataDirectory data) => PostmasterFile.RunningServer(data.Postgres);

    /// <summary>Where the socket of the server on these data lies, or would lie.</summary>
    public static string SocketFolder(DataDirectory data) => SocketDirectory.For(data.Postgres);

    /// <summary>
    /// Makes the cluster if need be, starts the server unless it runs, and sees to roles and
    /// database. Returns when connections are accepted. The caller holds the folder's lock.
    /// </summary>
    /// <exception cref="LauncherException">The operator has to do something.</exception>
    public static async Task<LocalPostgres> Start(
        DataDirectory data, LocalPostgresOptions options, TextWriter log,
        CancellationToken cancellation)
    {
        var server = await Find(data, log, cancellation);
        await server.Ensure(options, cancellation);
        return server;
    }

    /// <summary>Stops the server on these data, if one runs: open transactions roll back.</summary>
    public static async Task Stop(DataDirectory data, TextWriter log)
    {
        if (Running(data) is null) return;

        var server = await Find(data, log, CancellationToken.None);
        await server.Stop();
    }

    /// <summary>Starts the server again after it died. Does nothing while it runs.</summary>
    public async Task Restart(CancellationToken cancellation)
    {
        if (ProcessId is not null) return;

        await SocketDirectory.Ensure(SocketPath, _account, _binaries, cancellation);
        await PostmasterFile.ClearAfterDeath(_data.Postgres, SocketPath, cancellation);
        await LongWait.Announce("starting PostgreSQL", StartServer(cancellation), _log);
    }

    /// <summary>
    /// Stops the server; open transactions roll back. On return its process has ended.
    /// </summary>
    public async Task Stop()
    {
        var server = ProcessId;
        var stop = _account.Command(_binaries.Program("pg_ctl"),
            "stop", "-D", _data.Postgres, "-m", "fast", "-w", "-t", StopLimit);
        var work = OsCommand.Run(stop, CancellationToken.None);
        var result = await LongWait.Announce("stopping PostgreSQL", work, _log);
        if (!result.Succeeded && ProcessId is not null)
            throw new LauncherException($"PostgreSQL did not stop:\n{result.Output}");

        if (server is { } pid) await PostmasterFile.Ended(pid);
        if (Directory.Exists(SocketPath)) Directory.Delete(SocketPath, recursive: true);
    }

    /// <summary>How to connect. Never logged: it holds the password.</summary>
    public string ConnectionString(string role, string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = SocketPath,
            Username = role,
            Password = Password(role),
            Database = database,
        }.ConnectionString;

    private static async Task<LocalPostgres> Find(
        DataDirectory data, TextWriter log, CancellationToken cancellation)
    {
        var major = NewCluster.MajorOf(data.Postgres);
        var binaries = await PostgresBinaries.Find(major, log, cancellation);
        var folder = major is null ? EmptyFolder(Unfinished(data)) : data.Postgres;
        var account = await ServerAccount.Choose(folder, binaries, cancellation);
        return new(data, binaries, account, log);
    }

    private async Task Ensure(LocalPostgresOptions options, CancellationToken cancellation)
    {
        await SocketDirectory.Ensure(SocketPath, _account, _binaries, cancellation);
        if (!NewCluster.IsIn(_data.Postgres)) await MakeCluster(cancellation);

        var logs = Directory.CreateDirectory(Path.Combine(_data.Logs, "postgres")).FullName;
        await _account.Take(logs, cancellation);
        await ServerSettings.Write(
            _data.Postgres, SocketPath, logs, options, _binaries, _account, cancellation);
        await Restart(cancellation);
        await LongWait.Announce(
            "waiting for PostgreSQL to recover", Recovered(cancellation), _log);
        await Bootstrap.Run(
            Password(DatabaseBootstrap.OwnerRole),
            Password(DatabaseBootstrap.ServiceRole),
            Password(DatabaseBootstrap.BranchRole),
            cancellation);
    }

    /// <summary>Makes roles and databases on this server.</summary>
    public DatabaseBootstrap Bootstrap =>
        new(ConnectionString(Superuser, "postgres") + ";Pooling=false");

    // Filled aside and renamed: a cluster is either whole or not there.
    private async Task MakeCluster(CancellationToken cancellation)
    {
        var password = Path.Combine(SocketPath, "password");
        SecretFile.Write(password, Password(Superuser));
        try
        {
            await _account.Take(password, cancellation);
            var work = NewCluster.Fill(
                Unfinished(_data), password, _binaries, _account, cancellation);
            await LongWait.Announce("making an empty database", work, _log);
        }
        finally
        {
            File.Delete(password);
        }

        Directory.Move(Unfinished(_data), _data.Postgres);
    }

    private async Task StartServer(CancellationToken cancellation)
    {
        var log = Path.Combine(_data.Logs, "postgres", "start.log");
        var start = _account.Command(_binaries.Program("pg_ctl"),
            "start", "-D", _data.Postgres, "-w", "-t", StartLimit, "-l", log);
        var result = await OsCommand.Run(start, cancellation);
        if (!result.Succeeded)
            throw new LauncherException($"PostgreSQL did not start; see {log}:\n{result.Output}");
    }

    /// <summary>pg_ctl is content with a server that is still on its way from a backup to the moment
    /// it was asked for.</summary>
    private async Task Recovered(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                if (!await Bootstrap.IsRecovering(cancellation)) return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.CannotConnectNow)
            {
                // It lets nobody in yet.
            }

            await Task.Delay(RecoveryLook, cancellation);
        }
    }

    private string Password(string role) =>
        SecretFile.ReadOrCreate(Path.Combine(_data.Keys, $"postgres-{role}"));

    private static string Unfinished(DataDirectory data) => data.Postgres + ".new";

    private static string EmptyFolder(string path)
    {
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        return Directory.CreateDirectory(path, DataDirectory.Private).FullName;
    }
}
