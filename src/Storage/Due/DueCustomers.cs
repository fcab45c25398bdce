using System.Runtime.CompilerServices;
using CustomerGrains.Storage.Customers;
using Npgsql;

namespace CustomerGrains.Storage.Due;

/// <summary>Customers whose time for something has come, read page by page.</summary>
public sealed class DueCustomers(CustomerDatabase database)
{
    /// <summary>Rows of one round trip.</summary>
    private const int PageSize = 100;

    /// <summary>Whose suspension is over by <paramref name="now"/> and its end not recorded, the
    /// longest over first.</summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public IAsyncEnumerable<Guid> OverSuspensions(
        DateTimeOffset now, CancellationToken cancellation = default) =>
        Read("Due/suspensions_over", now, cancellation);

    /// <summary>Whose erasure is due by <paramref name="now"/> and has nothing to wait for, the
    /// longest due first.</summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public IAsyncEnumerable<Guid> Erasures(
        DateTimeOffset now, CancellationToken cancellation = default) =>
        Read("Due/erasures", now, cancellation);

    /// <summary>Guests without a sign of life since then, the oldest first.</summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public IAsyncEnumerable<Guid> IdleGuests(
        DateTimeOffset since, CancellationToken cancellation = default) =>
        Read("Due/idle_guests", since, cancellation);

    /// <summary>No page is read twice: whoever cannot be dealt with now does not hold up the
    /// others. No connection is held while the caller deals with a page.</summary>
    private async IAsyncEnumerable<Guid> Read(
        string statement, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var page = new List<Guid>();
        var last = (Time: DateTimeOffset.UnixEpoch, Customer: Guid.Empty);
        do
        {
            page.Clear();
            await using (var command = database.General.Command(
                statement, until, last.Time, last.Customer, PageSize))
            await using (var reader = await command.ExecuteReaderAsync(cancellation)
                .ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    last = (reader.GetFieldValue<DateTimeOffset>(1), reader.GetGuid(0));
                    page.Add(last.Customer);
                }
            }

            foreach (var customer in page)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return customer;
            }
        }
        while (page.Count == PageSize);
    }
}
