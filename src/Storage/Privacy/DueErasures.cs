using CustomerGrains.Storage.Customers;
using Npgsql;

namespace CustomerGrains.Storage.Privacy;

/// <summary>Erasures whose time has come and that have nothing to wait for.</summary>
public sealed class DueErasures(CustomerDatabase database, TimeProvider time)
{
    /// <summary>Rows of one round trip.</summary>
    private const int PageSize = 100;

    /// <summary>The customers of the next page, the longest due first.</summary>
    /// <param name="after">What the page before answered; null for the first. Whoever cannot be
    /// dealt with now does not hold up the others.</param>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<DueErasurePage> Next(DueErasurePage? after = null)
    {
        await using var command = database.General.Command("Privacy/due_erasures",
            time.GetUtcNow(), after?.LastRunsAt ?? DateTimeOffset.UnixEpoch,
            after is { Customers: [.., var last] } ? last : Guid.Empty, PageSize);
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        var (customers, runsAt) = (new List<Guid>(), DateTimeOffset.UnixEpoch);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            customers.Add(reader.GetGuid(0));
            runsAt = reader.GetFieldValue<DateTimeOffset>(1);
        }

        return new DueErasurePage(customers, runsAt);
    }
}

/// <param name="Customers">Empty when there are no more.</param>
/// <param name="LastRunsAt">When the last one's erasure was due.</param>
public sealed record DueErasurePage(IReadOnlyList<Guid> Customers, DateTimeOffset LastRunsAt);
