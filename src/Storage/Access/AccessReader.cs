using System.Collections.Immutable;
using CustomerGrains.Storage.Customers;
using Npgsql;

namespace CustomerGrains.Storage.Access;

/// <summary>Reads who looked at a customer's data.</summary>
public sealed class AccessReader(CustomerDatabase database)
{
    /// <summary>Of a customer, and of those who live on in it. Newest first, after the place of an
    /// entry; null: from the newest.</summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<ImmutableArray<RecordedAccess>> Read(
        Guid[] customerIds, AccessPlace? after, int limit)
    {
        await using var command = database.General.Command(
            "Access/read_access_logs", customerIds, after?.At, after?.Id, limit);
        await using var reader = await command.ExecuteReaderAsync();
        var found = ImmutableArray.CreateBuilder<RecordedAccess>();
        while (await reader.ReadAsync())
        {
            found.Add(new RecordedAccess(
                new AccessPlace(reader.GetFieldValue<DateTimeOffset>(6), reader.GetGuid(0)),
                reader.GetGuid(1),
                reader.GetString(2),
                reader.IsDBNull(3) ? null : reader.GetGuid(3),
                reader.GetString(4),
                [.. reader.GetFieldValue<string[]>(5)]));
        }

        return found.DrainToImmutable();
    }
}

/// <summary>Where an entry stands in its customer's list.</summary>
public sealed record AccessPlace(DateTimeOffset At, Guid Id);

/// <param name="By">A token's <c>sub</c>.</param>
/// <param name="Role"><c>utb</c>, <c>uta</c> or <c>utd</c>.</param>
/// <param name="Fields">Members of the API that were shown.</param>
public sealed record RecordedAccess(
    AccessPlace Place,
    Guid By,
    string Role,
    Guid? BranchId,
    string Purpose,
    ImmutableArray<string> Fields);
