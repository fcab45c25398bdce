using CustomerGrains.Storage.Batching;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;
using Npgsql;

namespace CustomerGrains.Storage.Branches;

/// <summary>Reads for branches, through <c>branch_order_customers</c> as the role <c>utb</c>. Which
/// rows there are is the database's decision: see <c>sql/migrations/0008_row_security.sql</c>.
/// Reads of one moment share round trips.</summary>
public sealed class BranchStore(
    CustomerDatabase database, BranchDatabase branches, KeyRing keys, TimeProvider time)
    : IAsyncDisposable
{
    private static readonly string FindOne = SqlText.Load("Branches/find_order");
    private static readonly string ListSome = SqlText.Load("Branches/list_orders");

    /// <summary>Small ones: a list in it makes the others wait.</summary>
    private readonly Batcher<BranchRead> _reads = new(
        new BranchReads(database, branches, keys),
        new BatcherOptions { Workers = 3, BatchSizeMax = 32 },
        time);

    /// <summary>Null when there is no such order, or it is another branch's.</summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    /// <exception cref="QueueFullException">Too many read at once.</exception>
    public async Task<BranchOrder?> Find(BranchReader reader, Guid orderId) =>
        (await Read(reader, new NpgsqlBatchCommand(FindOne)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = orderId } },
        }).ConfigureAwait(false)).SingleOrDefault();

    /// <summary>Orders of the branch, the newest first.</summary>
    /// <param name="after">Creation and id of the last one seen; null for the first page.</param>
    /// <param name="limit">Rows at most.</param>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    /// <exception cref="QueueFullException">Too many read at once.</exception>
    public Task<IReadOnlyList<BranchOrder>> List(
        BranchReader reader, (DateTimeOffset CreatedAt, Guid Id)? after, int limit) =>
        Read(reader, new NpgsqlBatchCommand(ListSome)
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
        });

    public ValueTask DisposeAsync() => _reads.DisposeAsync();

    private async Task<IReadOnlyList<BranchOrder>> Read(
        BranchReader reader, NpgsqlBatchCommand question)
    {
        var read = new BranchRead(reader, question);
        await _reads.Enqueue(read).ConfigureAwait(false);
        return await read.Done.Task.ConfigureAwait(false);
    }
}

/// <param name="Question">Runs as <c>utb</c>; answers rows of <see cref="SealedOrder"/>.</param>
internal sealed record BranchRead(BranchReader Reader, NpgsqlBatchCommand Question)
{
    public TaskCompletionSource<IReadOnlyList<BranchOrder>> Done { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
