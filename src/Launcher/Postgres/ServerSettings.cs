using System.Globalization;

namespace CustomerGrains.Launcher.Postgres;

/// <summary>The settings file of the local server, written anew at every start.</summary>
internal static class ServerSettings
{
    /// <summary>Read by the server after its own <c>postgresql.conf</c>.</summary>
    public const string FileName = "launcher.conf";

    public static async Task Write(
        string cluster, string sockets, string logs, LocalPostgresOptions options,
        PostgresBinaries binaries, ServerAccount account, CancellationToken cancellation)
    {
        var lz4 = await KnowsLz4(cluster, binaries, account, cancellation);
        var text = Text(sockets, logs, options, lz4 ? "lz4" : "on", HasStatistics(binaries));
        await File.WriteAllTextAsync(Path.Combine(cluster, FileName), text, cancellation);
    }

    private static string Text(
        string sockets, string logs, LocalPostgresOptions options, string compression,
        bool statistics)
    {
        var preload = statistics ? "pg_stat_statements" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            # Written by the launcher at every start. Put own settings into postgresql.conf, after
            # the line that includes this file.

            # One way in: a socket in a folder that only the owner can enter.
            listen_addresses = ''
            port = 5432
            unix_socket_directories = '{sockets}'
            unix_socket_permissions = 0700
            password_encryption = 'scram-sha-256'
            max_connections = {options.ConnectionsMax}

            # What is acknowledged is on disk.
            fsync = on
            synchronous_commit = on
            full_page_writes = on

            # Rare checkpoints: each one makes every page be written whole once more.
            shared_buffers = '{options.SharedBuffers}'
            max_wal_size = '4GB'
            checkpoint_timeout = '15min'
            wal_compression = '{compression}'

            # Statements are short and prepared; compiling them costs more than it gains.
            jit = off

            # An open transaction holds back the feed of every silo.
            idle_in_transaction_session_timeout = '30s'

            # Personal values never reach the log: no parameters, no rows in error details.
            log_parameter_max_length = 0
            log_parameter_max_length_on_error = 0
            log_error_verbosity = terse

            # A week of logs, one file a day.
            logging_collector = on
            log_directory = '{logs}'
            log_filename = 'postgres-%a.log'
            log_rotation_age = '1d'
            log_truncate_on_rotation = on

            shared_preload_libraries = '{preload}'

            """);
    }

    // Depends on how the server was built; it refuses to start with a value it does not know.
    private static async Task<bool> KnowsLz4(
        string cluster, PostgresBinaries binaries, ServerAccount account,
        CancellationToken cancellation)
    {
        var ask = account.Command(binaries.Program("postgres"),
            "-C", "wal_compression", "-c", "wal_compression=lz4", "-D", cluster);
        return (await OsCommand.Run(ask, cancellation)).Succeeded;
    }

    private static bool HasStatistics(PostgresBinaries binaries)
    {
        string[] libraries = ["../lib", "../lib/postgresql"];
        string[] files = ["pg_stat_statements.so", "pg_stat_statements.dylib"];
        return libraries.Any(library => files.Any(file =>
            File.Exists(Path.Combine(binaries.Directory, library, file))));
    }
}
