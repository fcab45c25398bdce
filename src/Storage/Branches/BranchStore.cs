using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;
using Npgsql;

namespace CustomerGrains.Storage.Branches;

/// <summary>Reads for branches, through <c>branch_order_customers</c> as the role <c>utb</c>. Which
/// rows there are is the database's decision: see <c>sql/migrations/0008_row_security.sql</c>.
/// </summary>
public sealed class BranchStore(
    CustomerDatabase database, BranchDatabase branches, KeyRing keys)
{
    private static readonly string Issue = SqlText.Load("Branches/issue_context");
    private static readonly string Enter = SqlText.Load("Branches/enter");
    private static readonly string StillInside = SqlText.Load("Branches/still_inside");
    private static readonly string FindOne = SqlText.Load("Branches/find_order");
    private static readonly string ListSome = SqlText.Load("Branches/list_orders");
    private static readonly string LoadKeys = SqlText.Load("Branches/load_data_keys");

    /// <summary>Null when there is no such order, or it is another branch's.</summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<BranchOrder?> Find(BranchReader reader, Guid orderId)
    {
        var found = await Read(reader, new NpgsqlBatchCommand(FindOne)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = orderId } },
        }).ConfigureAwait(false);
        return (await Open(found).ConfigureAwait(false)).SingleOrDefault();
    }

    /// <summary>Orders of the branch, the newest first.</summary>
    /// <param name="after">Creation and id of the last one seen; null for the first page.</param>
    /// <param name="limit">Rows at most.</param>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<IReadOnlyList<BranchOrder>> List(
        BranchReader reader, (DateTimeOffset CreatedAt, Guid Id)? after, int limit)
    {
        var found = await Read(reader, new NpgsqlBatchCommand(ListSome)
        {
            Parameters =
            {
                new NpgsqlParameter<DateTimeOffset>
                {
                    TypedValue = after?.CreatedAt ?? DateTimeOffset.MaxValue,
                },
                new NpgsqlParameter<Guid> { TypedValue = after?.Id ?? Guid.Empty },
                new NpgsqlParameter<int> { TypedValue = limit },
            },
        }).ConfigureAwait(false);
        return await Open(found).ConfigureAwait(false);
    }

    private async Task<List<SealedOrder>> Read(BranchReader reader, NpgsqlBatchCommand question)
    {
        var pass = await IssuePass(reader).ConfigureAwait(false);
        await using var connection =
            await branches.Connections.OpenConnectionAsync().ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync().ConfigureAwait(false);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(EnterWith(reader, pass));
        batch.BatchCommands.Add(question);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(StillInside)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = reader.BranchId } },
        });
        var rows = await ReadRows(batch).ConfigureAwait(false);
        await transaction.CommitAsync().ConfigureAwait(false);
        return rows;
    }

    private static async Task<List<SealedOrder>> ReadRows(NpgsqlBatch batch)
    {
        var rows = new List<SealedOrder>();
        await using var results = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        await results.NextResultAsync().ConfigureAwait(false);
        while (await results.ReadAsync().ConfigureAwait(false))
            rows.Add(SealedOrder.Read(results));
        await results.NextResultAsync().ConfigureAwait(false);
        await results.ReadAsync().ConfigureAwait(false);
        return results.GetBoolean(0)
            ? rows
            : throw new NpgsqlException("The pass of a branch ran out while it waited.");
    }

    private async Task<string> IssuePass(BranchReader reader)
    {
        await using var command = database.General.CreateCommand(Issue);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = reader.UserId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = reader.BranchId });
        return (string)(await command.ExecuteScalarAsync().ConfigureAwait(false))!;
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

    private async Task<IReadOnlyList<BranchOrder>> Open(List<SealedOrder> rows)
    {
        if (rows.Count == 0) return [];
        var known = new Dictionary<Guid, DataKey>();
        await using var command = database.General.CreateCommand(LoadKeys);
        command.Parameters.Add(new NpgsqlParameter<Guid[]>
        {
            TypedValue =
                [.. rows.Select(r => r.Order.CustomerId).Concat(rows.Select(r => r.KeyOwner)).Distinct()],
        });
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            var wrapped = new WrappedKey(reader.GetInt32(1), reader.GetFieldValue<byte[]>(2));
            known.Add(reader.GetGuid(0), keys.Unwrap(reader.GetGuid(0), wrapped));
        }

        return [.. rows.Select(r => r.Open(known))];
    }
}
