using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Standings;
using Npgsql;

namespace CustomerGrains.Storage.Reviews;

/// <summary>The pass over all customers that looks for those whose tier, segment or risk is no
/// longer what it should be. It is one for all silos, a page at a time, by whoever holds its
/// lease; how far it came survives any of them.</summary>
public sealed class ReviewPass(CustomerDatabase database, TimeProvider time)
{
    /// <summary>How long a page may take before another silo goes on in the holder's place. Two at
    /// once do no harm: what one has recorded, the other does not find.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>Rows of a page: some ten milliseconds of the database.</summary>
    public const int PageSize = 5_000;

    /// <summary>Takes the pass; null when it is not time, or somebody else is at it.</summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<ReviewTurn?> Claim()
    {
        var now = time.UtcNowInMilliseconds();
        await using var command = database.General.Command(
            "Reviews/claim_review", now, now + Lease);
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        return await reader.ReadAsync().ConfigureAwait(false)
            ? new ReviewTurn(reader.GetInt64(0), reader.GetGuid(1))
            : null;
    }

    /// <summary>The next customers of whom something may have to change.</summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<ReviewPage> Read(Guid after)
    {
        await using var command = database.General.Command("Reviews/read_page", after, PageSize);
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        var customers = new List<Customer>();
        while (await reader.ReadAsync().ConfigureAwait(false)) customers.Add(CustomerAt(reader));
        return new ReviewPage(customers);
    }

    /// <summary>Those of some customers who live.</summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<IReadOnlyList<Guid>> Living(Guid[] customers)
    {
        await using var command = database.General.Command("Reviews/living", customers);
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        var living = new List<Guid>();
        while (await reader.ReadAsync().ConfigureAwait(false)) living.Add(reader.GetGuid(0));
        return living;
    }

    /// <summary>Records that all up to a customer are done.</summary>
    /// <returns>False when somebody else has the pass now.</returns>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<bool> Advance(ReviewTurn turn)
    {
        await using var command = database.General.Command(
            "Reviews/advance_review", turn.Epoch, turn.ReviewedTo,
            time.UtcNowInMilliseconds() + Lease);
        return await command.ExecuteNonQueryAsync().ConfigureAwait(false) == 1;
    }

    /// <summary>Ends the pass; the next one begins after a pause.</summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task Finish(ReviewTurn turn, TimeSpan pause)
    {
        var now = time.UtcNowInMilliseconds();
        await using var command = database.General.Command(
            "Reviews/finish_review", turn.Epoch, now, now + pause);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    /// <summary>Has a pass begin anew, as policies changed.</summary>
    /// <param name="delay">Until every silo has heard of them.</param>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task Restart(TimeSpan delay)
    {
        await using var command = database.General.Command(
            "Reviews/restart_review", time.UtcNowInMilliseconds() + delay);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    /// <summary>Nothing of a customer but what a review looks at.</summary>
    private static Customer CustomerAt(NpgsqlDataReader r)
    {
        var risks = StandingColumns.ReadCounts(r.GetString(7));
        var score = r.GetInt32(6);
        return new Customer
        {
            Id = r.GetGuid(0),
            Profile = new Profile
            {
                TotalOrders = r.GetInt32(1),
                TotalSpend = r.GetDecimal(2),
                LastDeliveredAt = r.TimeOrNull(3),
                Tier = StoredWords.ParseTier(r.GetString(4)),
                Segment = r.GetString(5),
            },
            Standing = score == 0 && risks == RiskCounts.None
                ? Standing.Fresh
                : new Standing { RiskScore = score, Risks = risks },
        };
    }
}

/// <summary>The right to go on with the pass.</summary>
/// <param name="ReviewedTo">All customers up to this one are done.</param>
public sealed record ReviewTurn(long Epoch, Guid ReviewedTo);

/// <param name="Customers">By id, the last one of the page included; none when there are no more.
/// </param>
public sealed record ReviewPage(IReadOnlyList<Customer> Customers);
