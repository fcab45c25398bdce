using CustomerGrains.Storage.Batching;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;
using Npgsql;

namespace CustomerGrains.Storage.Branches;

/// <summary>Reads of several branches, one after the other in one transaction. Each enters with a
/// pass of its own before it asks, and is asked afterwards whether the pass held: what one reads
/// the next does not see.</summary>
internal sealed class BranchReads(
    CustomerDatabase database, BranchDatabase branches, KeyRing keys) : IBatchWork<BranchRead>
{
    /// <summary>Bytes that one read sends, about.</summary>
    private const int UsualBytes = 300;

    private static readonly string Issue = SqlText.Load("Branches/issue_contexts");
    private static readonly string Enter = SqlText.Load("Branches/enter");
    private static readonly string StillInside = SqlText.Load("Branches/still_inside");
    private static readonly string LoadKeys = SqlText.Load("Branches/load_data_keys");

    public int SizeOf(BranchRead item) => UsualBytes;

    public async Task Execute(List<BranchRead> batch)
    {
        try
        {
            var passes = await IssuePasses(batch).ConfigureAwait(false);
            var found = await Read(batch, passes).ConfigureAwait(false);
            var known = await FindKeys(found).ConfigureAwait(false);
            for (var i = 0; i < batch.Count; i++) Answer(batch[i], found[i], known);
        }
        catch (Exception e)
        {
            // Every waiting caller must hear.
            foreach (var read in batch) read.Done.TrySetException(e);
        }
    }

    /// <param name="rows">Null when the pass ran out: a pass that ran out hides rows.</param>
    private static void Answer(
        BranchRead read, List<SealedOrder>? rows, Dictionary<Guid, DataKey> known)
    {
        if (rows is null)
        {
            read.Done.TrySetException(
                new NpgsqlException("The pass of a branch ran out while it waited."));
            return;
        }

        read.Done.TrySetResult([.. rows.Select(r => r.Open(known))]);
    }

    private async Task<List<string>> IssuePasses(List<BranchRead> batch)
    {
        await using var command = database.General.CreateCommand(Issue);
        command.Parameters.Add(new NpgsqlParameter<Guid[]>
        {
            TypedValue = [.. batch.Select(r => r.Reader.UserId)],
        });
        command.Parameters.Add(new NpgsqlParameter<Guid[]>
        {
            TypedValue = [.. batch.Select(r => r.Reader.BranchId)],
        });
        var passes = new List<string>(batch.Count);
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false)) passes.Add(reader.GetString(0));
        return passes;
    }

    /// <returns>For each read its rows; null when its pass did not hold to the end.</returns>
    private async Task<List<List<SealedOrder>?>> Read(List<BranchRead> batch, List<string> passes)
    {
        await using var connection =
            await branches.Connections.OpenConnectionAsync().ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync().ConfigureAwait(false);
        await using var statements = new NpgsqlBatch(connection, transaction);
        for (var i = 0; i < batch.Count; i++)
        {
            statements.BatchCommands.Add(EnterWith(batch[i].Reader, passes[i]));
            statements.BatchCommands.Add(batch[i].Question);
            statements.BatchCommands.Add(new NpgsqlBatchCommand(StillInside)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = batch[i].Reader.BranchId },
                },
            });
        }

        var found = new List<List<SealedOrder>?>(batch.Count);
        await using (var results = await statements.ExecuteReaderAsync().ConfigureAwait(false))
        {
            for (var i = 0; i < batch.Count; i++)
                found.Add(await ReadOne(results).ConfigureAwait(false));
        }

        await transaction.CommitAsync().ConfigureAwait(false);
        return found;
    }

    private static async Task<List<SealedOrder>?> ReadOne(NpgsqlDataReader results)
    {
        var rows = new List<SealedOrder>();
        await results.NextResultAsync().ConfigureAwait(false); // past what entering answers
        while (await results.ReadAsync().ConfigureAwait(false))
            rows.Add(SealedOrder.Read(results));
        await results.NextResultAsync().ConfigureAwait(false);
        await results.ReadAsync().ConfigureAwait(false);
        var isInside = results.GetBoolean(0);
        await results.NextResultAsync().ConfigureAwait(false);
        return isInside ? rows : null;
    }

    private static NpgsqlBatchCommand EnterWith(BranchReader reader, string pass) => new(Enter)
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = reader.UserId.ToString() },
            new NpgsqlParameter<string> { TypedValue = reader.BranchId.ToString() },
            new NpgsqlParameter<string> { TypedValue = pass },
        },
    };

    private async Task<Dictionary<Guid, DataKey>> FindKeys(List<List<SealedOrder>?> found)
    {
        var known = new Dictionary<Guid, DataKey>();
        var owners = found.SelectMany(rows => rows ?? [])
            .SelectMany(r => (Guid[])[r.Order.CustomerId, r.KeyOwner])
            .Distinct()
            .ToArray();
        if (owners.Length == 0) return known;
        await using var command = database.General.CreateCommand(LoadKeys);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = owners });
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            var wrapped = new WrappedKey(reader.GetInt32(1), reader.GetFieldValue<byte[]>(2));
            known.Add(reader.GetGuid(0), keys.Unwrap(reader.GetGuid(0), wrapped));
        }

        return known;
    }
}
