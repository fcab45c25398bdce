using CustomerGrains.Storage.Customers;
using Npgsql;

namespace CustomerGrains.Storage.Privacy;

/// <summary>Guests who did not come back.</summary>
public sealed class IdleGuests(CustomerDatabase database)
{
    /// <summary>Rows of one round trip.</summary>
    private const int PageSize = 100;

    /// <summary>The next page, the oldest first.</summary>
    /// <param name="after">What the page before answered; null for the first. Who cannot be
    /// dealt with now does not hold up the others.</param>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<IdleGuestPage> Next(DateTimeOffset idleSince, IdleGuestPage? after = null)
    {
        await using var command = database.General.Command("Privacy/idle_guests",
            idleSince, after?.LastCreatedAt ?? DateTimeOffset.UnixEpoch,
            after is { Guests: [.., var last] } ? last : Guid.Empty, PageSize);
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        var (guests, createdAt) = (new List<Guid>(), DateTimeOffset.UnixEpoch);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            guests.Add(reader.GetGuid(0));
            createdAt = reader.GetFieldValue<DateTimeOffset>(1);
        }

        return new IdleGuestPage(guests, createdAt);
    }
}

/// <param name="Guests">Empty when there are no more.</param>
/// <param name="LastCreatedAt">When the last one came.</param>
public sealed record IdleGuestPage(IReadOnlyList<Guid> Guests, DateTimeOffset LastCreatedAt);
