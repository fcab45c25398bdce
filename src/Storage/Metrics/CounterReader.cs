using CustomerGrains.Storage.Feed;

namespace CustomerGrains.Storage.Metrics;

/// <summary>The counters, by day and kind of event.</summary>
public sealed class CounterReader(FeedDatabase database)
{
    /// <summary>Newest day first, both ends included.</summary>
    public async Task<IReadOnlyList<(DateOnly Day, string Kind, long Events)>> Read(
        DateOnly from, DateOnly to)
    {
        await using var command = database.Source.Command("Metrics/read_counters", from, to);
        await using var reader = await command.ExecuteReaderAsync();
        var counters = new List<(DateOnly, string, long)>();
        while (await reader.ReadAsync())
            counters.Add((reader.GetFieldValue<DateOnly>(0), reader.GetString(1), reader.GetInt64(2)));
        return counters;
    }
}
