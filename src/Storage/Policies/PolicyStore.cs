using CustomerGrains.Storage.Customers;
using Npgsql;
using NpgsqlTypes;

namespace CustomerGrains.Storage.Policies;

/// <summary>Policies and all their former versions.</summary>
public sealed class PolicyStore(CustomerDatabase database)
{
    private static readonly string FindOne = SqlText.Load("Policies/find_policy");
    private static readonly string FindEvery = SqlText.Load("Policies/find_policies");
    private static readonly string Insert = SqlText.Load("Policies/insert_policy");

    /// <summary>The version that counts; null when there is no such policy.</summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<StoredPolicy?> Find(string name)
    {
        await using var command = database.General.CreateCommand(FindOne);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        if (!await reader.ReadAsync().ConfigureAwait(false)) return null;
        return Read(reader, name, first: 0);
    }

    /// <summary>The versions that count, of all policies.</summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<IReadOnlyList<StoredPolicy>> FindAll()
    {
        await using var command = database.General.CreateCommand(FindEvery);
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        var policies = new List<StoredPolicy>();
        while (await reader.ReadAsync().ConfigureAwait(false))
            policies.Add(Read(reader, reader.GetString(0), first: 1));
        return policies;
    }

    /// <summary>Replaces a version by the next. Durable when it answers true; false when the
    /// replaced one is not the present one.</summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task<bool> Replace(
        string name, long replaced, string document, DateTimeOffset at, Guid by)
    {
        await using var command = database.General.CreateCommand(Insert);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = replaced });
        command.Parameters.Add(new NpgsqlParameter<string>
        {
            TypedValue = document,
            NpgsqlDbType = NpgsqlDbType.Jsonb,
        });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = at });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = by });
        return await command.ExecuteScalarAsync().ConfigureAwait(false) is not null;
    }

    private static StoredPolicy Read(NpgsqlDataReader reader, string name, int first) => new(
        name,
        reader.GetInt64(first),
        reader.GetString(first + 1),
        reader.GetFieldValue<DateTimeOffset>(first + 2),
        reader.IsDBNull(first + 3) ? null : reader.GetGuid(first + 3));
}

/// <param name="Document">JSON.</param>
/// <param name="ChangedBy">Null: as delivered.</param>
public sealed record StoredPolicy(
    string Name, long Version, string Document, DateTimeOffset ChangedAt, Guid? ChangedBy);
