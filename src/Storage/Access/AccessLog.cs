using CustomerGrains.Storage.Batching;
using CustomerGrains.Storage.Customers;
using Npgsql;

namespace CustomerGrains.Storage.Access;

/// <summary>Who looked at whose data. Written before the data leaves: no log, no data. Looks of
/// one moment share a round trip.</summary>
public sealed class AccessLog(CustomerDatabase database, TimeProvider time) : IAsyncDisposable
{
    private readonly Batcher<AccessPage> _pages =
        new(new AccessWriter(database), new BatcherOptions { Workers = 1 }, time);

    /// <summary>Durable on return. A repetition is another entry.</summary>
    /// <exception cref="QueueFullException">Nothing was recorded; show nothing.</exception>
    /// <exception cref="NpgsqlException">It is not known whether it was recorded; show
    /// nothing.</exception>
    public Task Record(AccessEntry entry) => Record([entry]);

    /// <summary>Those of one page together: all of them are recorded, or none. Durable on return.
    /// </summary>
    /// <inheritdoc cref="Record(AccessEntry)"/>
    public async Task Record(IReadOnlyCollection<AccessEntry> entries)
    {
        if (entries.Count == 0) return;
        var page = new AccessPage(
            [.. entries.Select(e => new AccessRow(Guid.CreateVersion7(e.At), e))]);
        await _pages.Enqueue(page).ConfigureAwait(false);
        await page.Done.Task.ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _pages.DisposeAsync();
}

/// <param name="By">The reader: a token's <c>sub</c>.</param>
/// <param name="Role"><c>utb</c>, <c>uta</c> or <c>utd</c>.</param>
/// <param name="Purpose">1 to 200 characters.</param>
/// <param name="Fields">Members of the API that are shown, at least one.</param>
public sealed record AccessEntry(
    Guid By,
    string Role,
    Guid CustomerId,
    Guid? BranchId,
    Guid? OrderId,
    string Purpose,
    string[] Fields,
    DateTimeOffset At);

internal sealed record AccessRow(Guid Id, AccessEntry Entry);

internal sealed record AccessPage(AccessRow[] Rows)
{
    public TaskCompletionSource Done { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
