using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using CustomerGrains.Launcher;
using CustomerGrains.Launcher.Postgres;
using CustomerGrains.Storage.Schema;
using Npgsql;

namespace CustomerGrains.Tests.Support;

/// <summary>What the services of this test process were at when somebody waited in vain: a wait
/// that ends on a machine that is gone soon must tell its cause by itself.</summary>
public static class Diagnosis
{
    private const int LinesPerLog = 40;
    private const int LineLengthMax = 400;

    private const string Sessions =
        """
        SELECT format(
                   '%s %s %s %s/%s for %s, transaction for %s, blocked by %s: %s',
                   pid, usename, state, wait_event_type, wait_event,
                   now() - state_change, now() - xact_start, pg_blocking_pids(pid),
                   left(regexp_replace(query, '\s+', ' ', 'g'), 120))
        FROM pg_stat_activity
        WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
        ORDER BY xact_start NULLS LAST, state_change
        """;

    private static readonly ConcurrentDictionary<string, byte> Running = new();

    internal static void Watch(string data) => Running[data] = 0;

    internal static void Forget(string data) => Running.TryRemove(data, out _);

    /// <returns>The ends of all logs, and what the databases are doing.</returns>
    public static async Task<string> OfAll()
    {
        var text = new StringBuilder();
        foreach (var data in Running.Keys)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n--- {Path.GetFileName(data)}\n");
            try
            {
                await Describe(data, text);
            }
            catch (Exception e) when (e is IOException or NpgsqlException
                or UnauthorizedAccessException or OperationCanceledException)
            {
                text.Append(CultureInfo.InvariantCulture, $"Cannot be looked into: {e.Message}\n");
            }
        }

        return text.ToString();
    }

    private static async Task Describe(string data, StringBuilder text)
    {
        var logs = new DataDirectory(data).Logs;
        foreach (var path in Directory.EnumerateFiles(logs, "*.log", SearchOption.AllDirectories))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {Path.GetFileName(path)}\n");
            foreach (var line in File.ReadLines(path).TakeLast(LinesPerLog))
                text.Append(line.AsSpan(0, Math.Min(line.Length, LineLengthMax))).Append('\n');
        }

        text.Append("- sessions\n");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var server = await LocalPostgres.Start(
            new DataDirectory(data), new(), TextWriter.Null, patience.Token);
        await using var database = NpgsqlDataSource.Create(
            server.ConnectionString(LocalPostgres.Superuser, DatabaseBootstrap.DatabaseName));
        await using var command = database.CreateCommand(Sessions);
        await using var reader = await command.ExecuteReaderAsync(patience.Token);
        while (await reader.ReadAsync(patience.Token)) text.AppendLine(reader.GetString(0));
    }
}
