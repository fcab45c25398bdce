using System.Collections.Immutable;
using CustomerGrains.GrainInterfaces;
using Npgsql;

namespace CustomerGrains.Storage.Feed;

/// <summary>Where an owner of a partition stands.</summary>
/// <param name="Epoch">Of its ownership.</param>
/// <param name="After">What follows it is wanted.</param>
/// <param name="RowsMax">As many at most; 0: only record.</param>
/// <param name="Arrived">What is to be recorded; null: nothing.</param>
public sealed record FeedRequest(
    short Partition, long Epoch, FeedPosition After, int RowsMax, Arrived? Arrived);

/// <param name="IsOwner">False: somebody else owns the partition now; nothing was recorded and
/// nothing is read.</param>
/// <param name="Rows">What follows, and is certain to stay in this order.</param>
public readonly record struct FeedAnswer(bool IsOwner, ImmutableArray<JournalRow> Rows);

/// <summary>Reads many partitions of the journal at once and records how far they were delivered,
/// in one round trip.</summary>
internal static class FeedReader
{
    /// <summary>An answer for each partition that has rows or another owner.</summary>
    public static async Task<Dictionary<short, FeedAnswer>> Look(
        NpgsqlDataSource database,
        IReadOnlyList<FeedRequest> requests,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        var arrived = requests.Where(r => r.Arrived is not null).ToList();
        if (arrived.Count > 0)
        {
            batch.Add("Feed/advance_partitions",
                arrived.Select(r => r.Partition).ToArray(),
                arrived.Select(r => r.Epoch).ToArray(),
                arrived.Select(r => FeedRows.Text(r.Arrived!.Value.To.Xid)).ToArray(),
                arrived.Select(r => r.Arrived!.Value.To.Id).ToArray(),
                arrived.Select(r => (long)r.Arrived!.Value.Rows).ToArray(),
                now);
        }

        batch.Add("Feed/read_partitions",
            requests.Select(r => r.Partition).ToArray(),
            requests.Select(r => r.Epoch).ToArray(),
            requests.Select(r => FeedRows.Text(r.After.Xid)).ToArray(),
            requests.Select(r => r.After.Id).ToArray(),
            requests.Select(r => r.RowsMax).ToArray());
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return await Read(reader, cancellation);
    }

    private static async Task<Dictionary<short, FeedAnswer>> Read(
        NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var answers = new Dictionary<short, FeedAnswer>();
        var rows = ImmutableArray.CreateBuilder<JournalRow>();
        short? current = null;
        while (await reader.ReadAsync(cancellation))
        {
            var partition = reader.GetInt16(0);
            if (current is { } before && before != partition)
                answers[before] = new FeedAnswer(IsOwner: true, rows.DrainToImmutable());
            if (reader.IsDBNull(1))
            {
                (answers[partition], current) = (new FeedAnswer(IsOwner: false, []), null);
                continue;
            }

            current = partition;
            rows.Add(FeedRows.RowAt(reader, 1));
        }

        if (current is { } last)
            answers[last] = new FeedAnswer(IsOwner: true, rows.DrainToImmutable());
        return answers;
    }
}
