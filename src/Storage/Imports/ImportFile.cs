using System.Text;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Storage.Imports;

/// <summary>Hands a file of lines to the service and watches how it works them off.</summary>
public sealed class ImportFile(string connectionString, string keysDirectory, TimeProvider time)
{
    private const int LinesPerChunk = 500;
    private const int CharactersPerChunk = 256 * 1024;
    private const int LineMax = 64 * 1024;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    private int _done;
    private int _total;

    /// <summary>Lines worked off so far.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>Null until all are kept.</summary>
    public int? Total => Volatile.Read(ref _total) is var total and > 0 ? total : null;

    /// <summary>Returns when the service is done with all lines. What was handed over is worked off
    /// also when this is cancelled.</summary>
    public async Task<ImportProgress> Import(TextReader lines, CancellationToken stop)
    {
        await using var database = new CustomerDatabase(connectionString);
        var imports = new ImportStore(database, KeyRing.Open(keysDirectory, time), time);
        var id = Guid.CreateVersion7(time.GetUtcNow());
        await imports.Begin(id, Guid.Empty).ConfigureAwait(false);
        await Keep(imports, id, lines, stop).ConfigureAwait(false);
        await imports.Start(id, scope: null, fingerprint: null).ConfigureAwait(false);
        while (true)
        {
            var progress = (await imports.Find(id).ConfigureAwait(false))!;
            Volatile.Write(ref _total, progress.RowsTotal);
            Volatile.Write(ref _done, progress.RowsDone);
            if (progress.State == "done") return progress;
            await Task.Delay(BetweenLooks, time, stop).ConfigureAwait(false);
        }
    }

    private static async Task Keep(
        ImportStore imports, Guid id, TextReader lines, CancellationToken stop)
    {
        var (chunk, firstLine, count, text) = (0, 1, 0, new StringBuilder());
        while (await lines.ReadLineAsync(stop).ConfigureAwait(false) is { } line)
        {
            if (count > 0) text.Append('\n');
            text.Append(line.Length > LineMax ? ImportChunk.TooLong : line);
            count++;
            if (count < LinesPerChunk && text.Length < CharactersPerChunk) continue;
            await Flush().ConfigureAwait(false);
        }

        if (count > 0) await Flush().ConfigureAwait(false);

        async Task Flush()
        {
            await imports.Add(id, new ImportChunk(chunk, firstLine, text.ToString()))
                .ConfigureAwait(false);
            (chunk, firstLine, count) = (chunk + 1, firstLine + count, 0);
            text.Clear();
        }
    }
}
