using System.Collections.Immutable;
using System.Text.Json;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Batching;
using CustomerGrains.Storage.Feed;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerGrains.Storage.Metrics;

/// <summary>Counts what happens, each journal row exactly once: effect and mark are one
/// transaction, and rows up to the mark are passed over.</summary>
public sealed partial class MetricsStore : IAsyncDisposable, IBatchWork<MetricsPortion>
{
    /// <summary>Name under which rows that could not be counted are kept.</summary>
    public const string Subscriber = "metrics";

    private const int RowsPerCatchUp = 500;

    /// <summary>One at a time: what comes meanwhile goes together, up to about 5,000 rows.
    /// </summary>
    private static readonly BatcherOptions Batches = new()
    {
        Workers = 1, BatchSizeMax = JournalStream.Partitions, BatchBytesMax = 5_000,
    };

    private readonly FeedDatabase _database;
    private readonly TimeProvider _time;
    private readonly ILogger<MetricsStore> _log;
    private readonly MetricsWriter _writer;
    private readonly Batcher<MetricsPortion> _portions;

    public MetricsStore(FeedDatabase database, TimeProvider time, ILogger<MetricsStore> log)
    {
        (_database, _time, _log) = (database, time, log);
        _writer = new MetricsWriter(database, time);
        _portions = new Batcher<MetricsPortion>(this, Batches, time);
    }

    /// <summary>Counts a chunk, and first whatever lies between the mark and it, together with what
    /// other partitions have to count at this moment. A row whose content cannot be counted is put
    /// aside as a dead letter; the others of its chunk count. Repeating is safe.</summary>
    /// <exception cref="NpgsqlException">Try again; nothing of it was counted twice.</exception>
    /// <exception cref="QueueFullException">Try again.</exception>
    public async Task Apply(JournalChunk chunk)
    {
        var portion = new MetricsPortion(chunk.Partition, chunk.After, chunk.Rows);
        await _portions.Enqueue(portion);
        var mark = await portion.Counted
            ?? await ApplyRows(chunk.Partition, chunk.After, chunk.Rows);
        if (mark >= chunk.Last) return;
        while (mark < chunk.After
            && await ReadRange(chunk.Partition, mark, chunk.After) is { Length: > 0 } missing)
        {
            CatchesUp(chunk.Partition, missing.Length);
            mark = await ApplyRows(chunk.Partition, mark, missing);
        }

        await ApplyRows(chunk.Partition, mark, chunk.Rows);
    }

    public ValueTask DisposeAsync() => _portions.DisposeAsync();

    int IBatchWork<MetricsPortion>.SizeOf(MetricsPortion item) => item.Rows.Length;

    async Task IBatchWork<MetricsPortion>.Execute(List<MetricsPortion> batch)
    {
        // A partition has one activation; should two meet for a moment, the later one waits.
        foreach (var round in batch.GroupBy(p => p.Partition)
            .SelectMany(same => same.Select((portion, i) => (portion, i)))
            .GroupBy(p => p.i, p => p.portion))
            await CountTogether([.. round]);
    }

    private async Task CountTogether(MetricsPortion[] portions)
    {
        try
        {
            var marks = await _writer.Count(portions, letter: null);
            foreach (var portion in portions) portion.Complete(marks[portion.Partition]);
        }
        catch (Exception e) when (IsOfData(e))
        {
            // Somebody's row: each by itself finds it.
            foreach (var portion in portions) portion.Complete(null);
        }
        catch (Exception e)
        {
            // Any exception is caught: every waiting caller must hear.
            foreach (var portion in portions) portion.Fail(e);
        }
    }

    /// <summary>Counts dead letters whose cause is gone.</summary>
    /// <returns>How many were counted and how many still cannot be.</returns>
    public async Task<(int Counted, int Left)> Replay(int limit, CancellationToken cancellation)
    {
        await using var connection = await _database.Source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var letters = await TakeLetters(connection, limit, cancellation);
        var (counted, left) = (0, 0);
        foreach (var (id, partition, row) in letters)
        {
            await transaction.SaveAsync("letter", cancellation);
            try
            {
                await MetricsWriter.Write(connection, CountOf(partition, row), cancellation);
                await using var done = new NpgsqlBatch(connection);
                done.Add("Metrics/mark_replayed", id, _time.UtcNowInMilliseconds());
                await done.ExecuteNonQueryAsync(cancellation);
                counted++;
            }
            catch (Exception e) when (IsOfData(e))
            {
                await transaction.RollbackAsync("letter", cancellation);
                left++;
            }
        }

        await transaction.CommitAsync(cancellation);
        return (counted, left);
    }

    /// <returns>The mark after it; before the last row only when rows are missing in between.
    /// </returns>
    private async Task<FeedPosition> ApplyRows(
        short partition, FeedPosition after, ImmutableArray<JournalRow> rows)
    {
        try
        {
            return await Count(letter: null);
        }
        catch (Exception e) when (IsOfData(e))
        {
            if (rows.Length > 1)
            {
                var half = rows.Length / 2;
                await ApplyRows(partition, after, rows[..half]);
                return await ApplyRows(partition, rows[half - 1].Position, rows[half..]);
            }

            PutAside(partition, rows[0].Sequence, e.GetType().Name);
            return await Count(letter: e.GetType().Name);
        }

        async Task<FeedPosition> Count(string? letter) =>
            (await _writer.Count([new MetricsPortion(partition, after, rows)], letter))[partition];
    }

    private static Counted CountOf(short partition, JournalRow row)
    {
        var counted = new Counted();
        counted.Add(partition, row);
        return counted;
    }

    private async Task<ImmutableArray<JournalRow>> ReadRange(
        short partition, FeedPosition after, FeedPosition upTo)
    {
        await using var command = _database.Source.Command("Feed/read_range", partition,
            FeedRows.Text(after.Xid), after.Id, FeedRows.Text(upTo.Xid), upTo.Id, RowsPerCatchUp);
        await using var reader = await command.ExecuteReaderAsync();
        return await FeedRows.Read(reader, default);
    }

    private static async Task<List<(long Id, short Partition, JournalRow Row)>> TakeLetters(
        NpgsqlConnection connection, int limit, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("Metrics/take_dead_letters", Subscriber, limit);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var letters = new List<(long, short, JournalRow)>();
        while (await reader.ReadAsync(cancellation))
            letters.Add((reader.GetInt64(0), reader.GetInt16(1), FeedRows.RowAt(reader, 2)));
        return letters;
    }

    /// <summary>Repeating would fail again: content, not circumstances. Somebody who was forgotten
    /// at that moment is a circumstance: the next look passes over who has no key.</summary>
    private static bool IsOfData(Exception e) => e
        is JsonException or PostgresException
        {
            SqlState: ['2', '2' or '3', ..] and not PostgresErrorCodes.ForeignKeyViolation,
        };

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A row of partition {Partition}, sequence {Sequence}, was put aside: {Reason}.")]
    private partial void PutAside(short partition, long sequence, string reason);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Counting of partition {Partition} catches up with {Rows} rows.")]
    private partial void CatchesUp(short partition, int rows);
}
