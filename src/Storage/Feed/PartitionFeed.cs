using System.Collections.Immutable;
using CustomerGrains.GrainInterfaces;
using Npgsql;

namespace CustomerGrains.Storage.Feed;

/// <summary>Reads one partition of the journal and records how far it was delivered, as its owner.
/// The last to claim a partition owns it; an earlier owner reads nothing and records nothing.
/// </summary>
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

    /// <summary>What follows a position and is certain to stay in this order; empty also when
    /// somebody else owns the partition now.</summary>
    public async Task<ImmutableArray<JournalRow>> Read(
        FeedPosition after, int limit, CancellationToken cancellation)
    {
        await using var command = database.Command("Feed/read_partition",
            partition, _epoch, FeedRows.Text(after.Xid), after.Id, limit);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await FeedRows.Read(reader, cancellation);
    }

    /// <summary>Records that all up to a position is delivered.</summary>
    /// <returns>False when somebody else owns the partition now; nothing is recorded then, and
    /// it must be claimed again.</returns>
    public async Task<bool> Advance(FeedPosition to, int rows, CancellationToken cancellation)
    {
        await using var command = database.Command("Feed/advance_partition", partition, _epoch,
            FeedRows.Text(to.Xid), to.Id, (long)rows, time.UtcNowInMilliseconds());
        if (await command.ExecuteNonQueryAsync(cancellation) == 1) return true;
        Release();
        return false;
    }

    /// <summary>Forgets that it owned the partition.</summary>
    public void Release() => _epoch = 0;
}
