using System.Diagnostics;
using CustomerGrains.Storage.Feed;
using Npgsql;

namespace CustomerGrains.Storage.Tracing;

/// <summary>Reads the traces that commits belong to.</summary>
public sealed class TraceStore(FeedDatabase database)
{
    /// <returns>By command id; without those that have none.</returns>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<IReadOnlyDictionary<Guid, ActivityContext>> Read(Guid[] commandIds)
    {
        await using var command = database.Source.Command("Tracing/read_traces", commandIds);
        await using var reader = await command.ExecuteReaderAsync();
        var traces = new Dictionary<Guid, ActivityContext>();
        while (await reader.ReadAsync())
        {
            if (ActivityContext.TryParse(reader.GetString(1), null, out var trace))
                traces[reader.GetGuid(0)] = trace;
        }

        return traces;
    }
}
