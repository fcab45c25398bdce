using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Feed;
using Npgsql;

namespace CustomerGrains.Storage.Metrics;

/// <summary>Writes counts and the marks up to which they were made, as one transaction.</summary>
internal sealed class MetricsWriter(FeedDatabase database, TimeProvider time)
{
    private readonly RecentlyActive _recent = new();

    /// <summary>Counts rows of partitions, each partition once, in one transaction.</summary>
    /// <param name="letter">Why the only row is put aside; null: count it.</param>
    /// <returns>The marks after it; before a portion's last row only when rows are missing between
    /// the mark and it: nothing of the portion was counted then.</returns>
    public async Task<Dictionary<short, FeedPosition>> Count(
        MetricsPortion[] portions, string? letter)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var marks = await LockMarks(connection, [.. portions.Select(p => p.Partition)]);
        var counted = new Counted();
        var moved = new List<short>();
        foreach (var portion in portions)
        {
            var mark = marks[portion.Partition];
            if (portion.After > mark || portion.Rows[^1].Position <= mark) continue;
            if (letter is null)
            {
                foreach (var row in portion.Rows)
                    if (row.Position > mark) counted.Add(portion.Partition, row);
            }

            marks[portion.Partition] = portion.Rows[^1].Position;
            moved.Add(portion.Partition);
        }

        if (moved.Count == 0) return marks;
        _recent.LeaveOut(counted);
        await Write(connection, counted, default);
        await using var batch = new NpgsqlBatch(connection);
        if (letter is not null)
        {
            var last = marks[moved[0]];
            batch.Add("Metrics/bury", moved[0], MetricsStore.Subscriber, FeedRows.Text(last.Xid),
                last.Id, letter, time.UtcNowInMilliseconds());
        }

        batch.Add("Metrics/move_marks", moved.ToArray(),
            moved.Select(p => FeedRows.Text(marks[p].Xid)).ToArray(),
            moved.Select(p => marks[p].Id).ToArray());
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        _recent.Remember(counted);
        return marks;
    }

    /// <summary>Adds what was counted, inside the caller's transaction.</summary>
    public static async Task Write(
        NpgsqlConnection connection, Counted counted, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (counted.Events.Count > 0)
        {
            batch.Add("Metrics/count_events",
                counted.Events.Keys.Select(k => k.Partition).ToArray(),
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

    private static async Task<Dictionary<short, FeedPosition>> LockMarks(
        NpgsqlConnection connection, short[] partitions)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("Metrics/lock_marks", partitions);
        await using var reader = await batch.ExecuteReaderAsync();
        var marks = new Dictionary<short, FeedPosition>();
        while (await reader.ReadAsync())
            marks[reader.GetInt16(0)] = FeedRows.PositionAt(reader, 1);
        return marks;
    }
}
