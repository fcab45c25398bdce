using System.Text;
using CustomerGrains.Launcher;
using CustomerGrains.Launcher.Postgres;
using CustomerGrains.Storage.Schema;
using CustomerGrains.Tests.Support;
using Npgsql;

namespace CustomerGrains.System.Tests;

/// <summary>Values that nobody else has, and where they can be found: as they are, in hexadecimal
/// (bytea), in base64 at each of its three offsets.</summary>
internal sealed class PersonCanaries(params string[] values)
{
    /// <summary>Every column of every row of every table that holds one: "table: value".</summary>
    public async Task<List<string>> FindInDatabase(RunningService service)
    {
        var server = await LocalPostgres.Start(
            new DataDirectory(service.Data), new(), TextWriter.Null, CancellationToken.None);
        await using var database = NpgsqlDataSource.Create(server.ConnectionString(
            LocalPostgres.Superuser, DatabaseBootstrap.DatabaseName));
        var found = new List<string>();
        foreach (var table in await Texts(database,
            "SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'm') "
            + "AND relnamespace = 'public'::regnamespace"))
            found.AddRange(Find(table, await Texts(database, $"SELECT t::text FROM {table} t")));
        return found;
    }

    /// <summary>Every line of every log that holds one: "file: value".</summary>
    public async Task<(List<string> Found, int Lines)> FindInLogs(RunningService service)
    {
        var (found, lines) = (new List<string>(), 0);
        foreach (var file in Directory.EnumerateFiles(
            new DataDirectory(service.Data).Logs, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(
                file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            var text = (await reader.ReadToEndAsync()).Split('\n');
            lines += text.Length;
            found.AddRange(Find(Path.GetFileName(file), text));
        }

        found.AddRange(Find("launcher", [.. service.Output, service.Errors]));
        return (found, lines);
    }

    private IEnumerable<string> Find(string where, IReadOnlyCollection<string> texts) =>
        from value in values
        where Forms(value).Any(form => texts.Any(
            text => text.Contains(form, StringComparison.OrdinalIgnoreCase)))
        select $"{where}: {value}";

    private static IEnumerable<string> Forms(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        yield return value;
        yield return Uri.EscapeDataString(value);
        yield return Convert.ToHexString(bytes);
        for (var offset = 0; offset < 3; offset++)
        {
            // What surrounds the value only touches the first and last characters.
            var text = Convert.ToBase64String([.. new byte[offset], .. bytes]);
            var core = text.TrimEnd('=')[(offset == 0 ? 0 : offset + 1)..^2];
            if (core.Length >= 8) yield return core;
        }
    }

    private static async Task<List<string>> Texts(NpgsqlDataSource database, string question)
    {
        var texts = new List<string>();
        await using var command = database.CreateCommand(question);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) texts.Add(reader.GetString(0));
        return texts;
    }
}
