using CustomerGrains.Storage.Customers;

namespace CustomerGrains.Storage.Reviews;

/// <summary>How many customers each segment and tier has.</summary>
public sealed class SegmentCounter(CustomerDatabase database, TimeProvider time)
{
    /// <summary>How old an answer may be: counting reads every customer.</summary>
    public static readonly TimeSpan StalenessMax = TimeSpan.FromSeconds(10);

    private volatile Load? _load;

    /// <exception cref="Npgsql.NpgsqlException">The database did not answer.</exception>
    public Task<IReadOnlyList<SegmentCount>> Count()
    {
        var load = _load;
        if (load is null
            || load.Counts is { IsCompleted: true, IsCompletedSuccessfully: false }
            || time.GetElapsedTime(load.StartedAt) >= StalenessMax)
            _load = load = new Load(Read(), time.GetTimestamp());
        return load.Counts;
    }

    private async Task<IReadOnlyList<SegmentCount>> Read()
    {
        // Shared by callers on different schedulers, so on none of theirs.
        await using var command = database.General.Command("Reviews/count_segments");
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        var counts = new List<SegmentCount>();
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            counts.Add(new SegmentCount(
                reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));
        }

        return counts;
    }

    private sealed record Load(Task<IReadOnlyList<SegmentCount>> Counts, long StartedAt);
}

public sealed record SegmentCount(string Segment, string Tier, long Customers);
