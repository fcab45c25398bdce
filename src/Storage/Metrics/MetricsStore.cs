using System.Collections.Immutable;
using System.Text.Json;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Feed;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerGrains.Storage.Metrics;

/// <summary>Counts what happens, each journal row exactly once: effect and mark are one
/// transaction, and rows up to the mark are passed over.</summary>
public sealed partial class MetricsStore(
    FeedDatabase database, TimeProvider time, ILogger<MetricsStore> log)
{
    /// <summary>Name under which rows that could not be counted are kept.</summary>
    public const string Subscriber = "metrics";

    private const int RowsPerCatchUp = 500;

    /// <summary>Counts a chunk, and first whatever lies between the mark and it. A row whose
    /// content cannot be counted is put aside as a dead letter; the others of its chunk count.
    /// Repeating is safe.</summary>
    /// <exception cref="NpgsqlException">Try again; nothing of it was counted twice.</exception>
    public async Task Apply(JournalChunk chunk)
    {
        var mark = await ApplyRows(chunk.Partition, chunk.After, chunk.Rows);
        if (mark >= chunk.Last) return;
        while (mark < chunk.After
            && await ReadRange(chunk.Partition, mark, chunk.After) is { Length: > 0 } missing)
        {
            CatchesUp(chunk.Partition, missing.Length);
            mark = await ApplyRows(chunk.Partition, mark, missing);
        }

        await ApplyRows(chunk.Partition, mark, chunk.Rows);
    }

    /// <summary>Counts dead letters whose cause is gone.</summary>
    /// <returns>How many were counted and how many still cannot be.</returns>
    public async Task<(int Counted, int Left)> Replay(int limit, CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var letters = await TakeLetters(connection, limit, cancellation);
        var (counted, left) = (0, 0);
        foreach (var (id, partition, row) in letters)
        {
            await transaction.SaveAsync("letter", cancellation);
            try
            {
                await Write(connection, partition, CountOf([row]), cancellation);
                await using var done = new NpgsqlBatch(connection);
                done.Add("Metrics/mark_replayed", id, time.UtcNowInMilliseconds());
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
            return await Count(partition, after, rows, letter: null);
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
            return await Count(partition, after, rows, letter: e.GetType().Name);
        }
    }

    /// <param name="letter">Why the only row is put aside; null: count it.</param>
    private async Task<FeedPosition> Count(
        short partition, FeedPosition after, ImmutableArray<JournalRow> rows, string? letter)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var mark = await LockMark(connection, partition);
        if (after > mark) return mark;
        var fresh = rows.Where(row => row.Position > mark).ToList();
        if (fresh.Count == 0) return mark;

        if (letter is null) await Write(connection, partition, CountOf(fresh), default);
        await using var batch = new NpgsqlBatch(connection);
        var last = fresh[^1].Position;
        if (letter is not null)
        {
            batch.Add("Metrics/bury", partition, Subscriber, FeedRows.Text(last.Xid), last.Id, letter,
                time.UtcNowInMilliseconds());
        }

        batch.Add("Metrics/move_mark", partition, FeedRows.Text(last.Xid), last.Id);
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return last;
    }

    private static Counted CountOf(IEnumerable<JournalRow> rows)
    {
        var counted = new Counted();
        foreach (var row in rows) counted.Add(row);
        return counted;
    }

    private static async Task Write(
        NpgsqlConnection connection, short partition, Counted counted, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (counted.Events.Count > 0)
        {
            batch.Add("Metrics/count_events", partition,
                counted.Events.Keys.Select(k => k.Day).ToArray(),
                counted.Events.Keys.Select(k => k.Kind).ToArray(),
                counted.Events.Values.ToArray());
        }

        if (counted.Customers.Count > 0)
        {
            batch.Add("Metrics/count_activity",
                counted.Customers.Keys.ToArray(),
                counted.Customers.Values.Select(a => a.LastActiveAt).ToArray(),
                counted.Customers.Values.Select(a => a.CartsAbandoned).ToArray());
        }

        if (counted.Sessions.Count > 0)
        {
            var (users, sessions) = (
                counted.Sessions.Keys.Select(k => k.Customer).ToArray(),
                counted.Sessions.Keys.Select(k => k.Session).ToArray());
            batch.Add("Metrics/note_sessions", users, sessions,
                counted.Sessions.Values.Select(s => s.StartedAt).ToArray(),
                counted.Sessions.Values.Select(s => s.EndedAt).ToArray());
            batch.Add("Metrics/count_sessions", users, sessions);
        }

        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<FeedPosition> LockMark(NpgsqlConnection connection, short partition)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("Metrics/lock_mark", partition);
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.ReadAsync();
        return FeedRows.PositionAt(reader, 0);
    }

    private async Task<ImmutableArray<JournalRow>> ReadRange(
        short partition, FeedPosition after, FeedPosition upTo)
    {
        await using var command = database.Source.Command("Feed/read_range", partition,
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

    /// <summary>Repeating would fail again: content, not circumstances.</summary>
    private static bool IsOfData(Exception e) => e
        is JsonException or PostgresException { SqlState: ['2', '2' or '3', ..] };

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A row of partition {Partition}, sequence {Sequence}, was put aside: {Reason}.")]
    private partial void PutAside(short partition, long sequence, string reason);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Counting of partition {Partition} catches up with {Rows} rows.")]
    private partial void CatchesUp(short partition, int rows);
}
