using CustomerGrains.Storage.Customers;
using Npgsql;

namespace CustomerGrains.Storage.Bars;

/// <summary>Suspensions whose time is up and whose end is not recorded yet.</summary>
public sealed class DueSuspensions(CustomerDatabase database, TimeProvider time)
{
    /// <summary>Rows of one round trip.</summary>
    private const int PageSize = 100;

    private static readonly string Due = SqlText.Load("Bars/due_suspensions");

    /// <summary>The customers of the next page, the longest over first.</summary>
    /// <param name="after">What the page before answered; null for the first. Whoever cannot be
    /// dealt with now does not hold up the others.</param>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<DuePage> Next(DuePage? after = null)
    {
        await using var command = database.General.CreateCommand(Due);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset>
        {
            TypedValue = time.GetUtcNow(),
        });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset>
        {
            TypedValue = after?.LastUntil ?? DateTimeOffset.UnixEpoch,
        });
        command.Parameters.Add(new NpgsqlParameter<Guid>
        {
            TypedValue = after is { Customers: [.., var last] } ? last : Guid.Empty,
        });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = PageSize });
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        var (customers, until) = (new List<Guid>(), DateTimeOffset.UnixEpoch);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            customers.Add(reader.GetGuid(0));
            until = reader.GetFieldValue<DateTimeOffset>(1);
        }

        return new DuePage(customers, until);
    }
}

/// <param name="Customers">Empty when there are no more.</param>
/// <param name="LastUntil">When the last one's suspension was over.</param>
public sealed record DuePage(IReadOnlyList<Guid> Customers, DateTimeOffset LastUntil);
