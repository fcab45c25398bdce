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

    /// <summary>Seals recomputed by one statement: at most half a million rows.</summary>
    private const int SealsPerLook = 1000;

    /// <summary>Chains recomputed at once in one process: some of the feed's connections are left
    /// to the feed, however many ask.</summary>
    private const int ChecksAtOnce = 2;

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
    public async Task<ChainCheck> Verify(short partition, CancellationToken cancellation = default)
    {
        await _checks.WaitAsync(cancellation);
        try
        {
            return await Recompute(partition, cancellation);
        }
        finally
        {
            _checks.Release();
        }
    }

    private async Task<ChainCheck> Recompute(short partition, CancellationToken cancellation)
    {
        var (seals, isWhole) = await Head(partition, cancellation);
        var (rows, to) = (0L, default(DateTimeOffset?));
        for (var from = 1L; from <= seals; from += SealsPerLook)
        {
            await using var command = database.Source.Command("Audit/check_seals",
                partition, from, Math.Min(from + SealsPerLook - 1, seals));
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var next = from;
            while (await reader.ReadAsync(cancellation))
            {
                var (number, found) = (reader.GetInt64(0), reader.GetInt32(1));
                if (number != next || !reader.GetBoolean(2))
                {
                    var at = number != next || reader.IsDBNull(3) ? 1 : reader.GetInt32(3);
                    await reader.CloseAsync();
                    return new ChainCheck(rows, to, await RowAt(partition, next, at, cancellation));
                }

                (rows, next) = (rows + found, number + 1);
                to = reader.GetFieldValue<DateTimeOffset>(4);
            }

            if (next <= Math.Min(from + SealsPerLook - 1, seals)) isWhole = false;
        }

        return new ChainCheck(
            rows, to, isWhole ? null : await RowAt(partition, seals + 1, 1, cancellation));
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

    private async Task<BrokenRow> RowAt(
        short partition, long seal, int position, CancellationToken cancellation)
    {
        await using var command =
            database.Source.Command("Audit/sealed_row", partition, seal, position);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new BrokenRow(partition, reader.GetInt64(1), reader.GetGuid(0))
            : new BrokenRow(partition, null, null);
    }
}

/// <summary>What became of recomputing one chain.</summary>
/// <param name="Rows">Rows under seals that hold, up to the first that does not.</param>
/// <param name="To">Time of the last of them; null when there is none.</param>
/// <param name="FirstBroken">Null when the whole chain holds.</param>
public sealed record ChainCheck(long Rows, DateTimeOffset? To, BrokenRow? FirstBroken);

/// <summary>The first row that is not what was sealed, or that stands where a sealed one is
/// missing.</summary>
/// <param name="Sequence">Null when nothing stands there.</param>
public sealed record BrokenRow(short Partition, long? Sequence, Guid? CustomerId);
