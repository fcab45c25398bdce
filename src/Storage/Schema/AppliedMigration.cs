using System.Collections.Immutable;
using System.Globalization;
using Npgsql;

namespace CustomerGrains.Storage.Schema;

/// <summary>A row of <c>schema_migration</c>: a step this database has taken.</summary>
internal sealed record AppliedMigration(int Number, string Name, ImmutableArray<byte> Checksum)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Number:D4}_{Name}");

    /// <summary>The steps taken so far, in order; none when the table does not exist.</summary>
    public static async Task<List<AppliedMigration>> ReadAll(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (!await TableExists(connection, cancellation)) return [];

        await using var command = connection.CreateCommand();
        command.CommandText = SqlText.Load("Schema/read-migrations");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var applied = new List<AppliedMigration>();
        while (await reader.ReadAsync(cancellation))
            applied.Add(new(reader.GetInt32(0), reader.GetString(1), [.. (byte[])reader[2]]));
        return applied;
    }

    private static async Task<bool> TableExists(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = SqlText.Load("Schema/migrations-known");
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
