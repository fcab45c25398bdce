using System.Collections.Immutable;
using CustomerGrains.GrainInterfaces;
using Npgsql;

namespace CustomerGrains.Storage.Feed;

/// <summary>Ownership of one partition of the journal. The last to claim it owns it; an earlier
/// owner reads nothing and records nothing.</summary>
public sealed class PartitionFeed(NpgsqlDataSource database, short partition, TimeProvider time)
{
    private long _epoch;

    public bool IsClaimed => _epoch > 0;

    /// <summary>Takes the partition over from whoever had it.</summary>
    /// <returns>Up to where all is delivered.</returns>
    public async Task<FeedPosition> Claim(CancellationToken cancellation)
    {
        await using var command = database.Command("Feed/claim_partition", partition);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        _epoch = reader.GetInt64(0);
        return FeedRows.PositionAt(reader, 1);
    }

    /// <summary>What the owner asks of whoever looks for many partitions at once.</summary>
    public FeedRequest Request(FeedPosition after, int rowsMax, Arrived? arrived) =>
        new(partition, _epoch, after, rowsMax, arrived);

    /// <summary>What follows a position and is certain to stay in this order; empty also when
    /// somebody else owns the partition now.</summary>
    public async Task<ImmutableArray<JournalRow>> Read(
        FeedPosition after, int limit, CancellationToken cancellation) =>
        (await Look(Request(after, limit, arrived: null), cancellation)).Rows;

    /// <summary>Records what is delivered.</summary>
    /// <returns>False when somebody else owns the partition now; nothing is recorded then, and
    /// it must be claimed again.</returns>
    public async Task<bool> Advance(Arrived arrived, CancellationToken cancellation)
    {
        var answer = await Look(Request(arrived.To, rowsMax: 0, arrived), cancellation);
        if (!answer.IsOwner) Release();
        return answer.IsOwner;
    }

    /// <summary>Forgets that it owned the partition.</summary>
    public void Release() => _epoch = 0;

    private async Task<FeedAnswer> Look(FeedRequest request, CancellationToken cancellation) =>
        (await FeedReader.Look(database, [request], time.UtcNowInMilliseconds(), cancellation))
        .GetValueOrDefault(partition, new FeedAnswer(IsOwner: true, []));
}
