using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Batching;
using CustomerGrains.Storage.Feed;

namespace CustomerGrains.Storage.Audit;

/// <summary>Seals the journal into a chain of SHA-256 hashes per partition, and checks the chains.
/// </summary>
/// <remarks>What is sealed is what lies in the journal, read where it lies: personal members are
/// hashed in their sealed form, so that the erasure of a person breaks no seal.</remarks>
public sealed class SealStore(FeedDatabase database, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Chains there are; their numbers begin at 0.</summary>
    public const short Partitions = JournalStream.Partitions;

    /// <summary>Seals recomputed by one look: at most a hundred thousand rows.</summary>
    private const int SealsPerLook = 200;

    /// <summary>Chains recomputed at once in one process: some of the feed's connections are left
    /// to the feed, however many ask.</summary>
    private const int ChecksAtOnce = 2;

    /// <summary>Well below the time-out of a call.</summary>
    private static readonly TimeSpan CheckWait = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _checks = new(ChecksAtOnce);
    private readonly Batcher<SealRequest> _seals =
        new(new SealWriter(database, time), SealWriter.Batches, time);

    /// <summary>Seals all rows up to a position that are not sealed yet, together with what other
    /// partitions have to seal at this moment. Repeating is safe and seals nothing.</summary>
    /// <param name="predecessors">Journal rows that must be there.</param>
    /// <returns>How many of these are missing: 0 unless the journal was damaged.</returns>
    /// <exception cref="Npgsql.NpgsqlException">Try again.</exception>
    /// <exception cref="QueueFullException">Try again.</exception>
    public async Task<int> Seal(
        short partition,
        FeedPosition upTo,
        IReadOnlyList<(Guid CustomerId, long Sequence)> predecessors)
    {
        var request = new SealRequest(partition, upTo, predecessors);
        await _seals.Enqueue(request);
        return await request.Gaps;
    }

    /// <summary>Recomputes a partition's chain from its beginning. Rows that are not sealed yet
    /// are not looked at.</summary>
    /// <exception cref="Npgsql.NpgsqlException">Try again.</exception>
    /// <exception cref="QueueFullException">Too many look at chains.</exception>
    public async Task<ChainCheck> Verify(short partition, CancellationToken cancellation = default)
    {
        var whole = await Verify(partition, 1, cancellation);
        while (whole.Next is { } next)
            whole = whole.Then(await Verify(partition, next, cancellation));
        return new ChainCheck(whole.Rows, whole.VerifiedTo, whole.FirstBroken is { } row
            ? new BrokenRow(row.Partition, row.Sequence, row.CustomerId)
            : null);
    }

    /// <summary>Recomputes a part of the chain: a second's work at most, however long the chain is.
    /// </summary>
    /// <param name="from">The part's first seal; they are numbered from 1.</param>
    /// <exception cref="Npgsql.NpgsqlException">Try again.</exception>
    /// <exception cref="QueueFullException">Too many look at chains.</exception>
    public async Task<SealCheck> Verify(
        short partition, long from, CancellationToken cancellation = default)
    {
        if (!await _checks.WaitAsync(CheckWait, cancellation)) throw new QueueFullException();
        try
        {
            return await Recompute(partition, from, cancellation);
        }
        finally
        {
            _checks.Release();
        }
    }

    private async Task<SealCheck> Recompute(
        short partition, long from, CancellationToken cancellation)
    {
        var (seals, isWhole) = await Head(partition, cancellation);
        var last = Math.Min(from + SealsPerLook - 1, seals);
        var (rows, to, next) = (0L, default(DateTime?), from);
        await using var command =
            database.Source.Command("Audit/check_seals", partition, from, last);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var (number, found) = (reader.GetInt64(0), reader.GetInt32(1));
            if (number != next || !reader.GetBoolean(2))
            {
                var at = number != next || reader.IsDBNull(3) ? 1 : reader.GetInt32(3);
                await reader.CloseAsync();
                return Broken(await RowAt(partition, next, at, cancellation));
            }

            (rows, to, next) = (rows + found, reader.GetDateTime(4), number + 1);
        }

        await reader.CloseAsync();
        if (next <= last || (last == seals && !isWhole))
            return Broken(await RowAt(
                partition, last == seals ? seals + 1 : next, 1, cancellation));
        return new SealCheck(rows, to, null, last == seals ? null : next);

        SealCheck Broken(BrokenSeal row) => new(rows, to, row, null);
    }

    public async ValueTask DisposeAsync()
    {
        await _seals.DisposeAsync();
        _checks.Dispose();
    }

    private async Task<(long Seals, bool IsWhole)> Head(
        short partition, CancellationToken cancellation)
    {
        await using var command = database.Source.Command("Audit/head", partition);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetInt64(0), reader.GetBoolean(1));
    }

    private async Task<BrokenSeal> RowAt(
        short partition, long seal, int position, CancellationToken cancellation)
    {
        await using var command =
            database.Source.Command("Audit/sealed_row", partition, seal, position);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new BrokenSeal(partition, reader.GetInt64(1), reader.GetGuid(0))
            : new BrokenSeal(partition, null, null);
    }
}

/// <summary>What became of recomputing one chain.</summary>
/// <param name="Rows">Rows under seals that hold, up to the first that does not.</param>
/// <param name="VerifiedTo">Time of the last of them, UTC; null when there is none.</param>
/// <param name="FirstBroken">Null when the whole chain holds.</param>
public sealed record ChainCheck(long Rows, DateTime? VerifiedTo, BrokenRow? FirstBroken);

/// <summary>The first row that is not what was sealed, or that stands where a sealed one is
/// missing.</summary>
/// <param name="Sequence">Null when nothing stands there.</param>
public sealed record BrokenRow(short Partition, long? Sequence, Guid? CustomerId);
