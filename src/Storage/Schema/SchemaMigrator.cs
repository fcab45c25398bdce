using CustomerGrains.Storage.Faults;
using Npgsql;
using NpgsqlTypes;

namespace CustomerGrains.Storage.Schema;

/// <summary>Brings a database forward to the schema of this version.</summary>
/// <param name="owner">Connects as the role that owns the database; silos never do.</param>
/// <param name="known">All steps, in order; <see cref="Migration.Embedded"/> outside tests.</param>
public sealed class SchemaMigrator(NpgsqlDataSource owner, IReadOnlyList<Migration> known)
{
    // Any fixed number works, as long as nothing else in this database locks it.
    private const long MigrationLock = 7_305_804_402_173_321;

    // Seconds; 0 means no limit. A migration over a large table, or the wait for another starter
    // that runs one, may take long.
    private const int NoLimit = 0;

    public SchemaMigrator(NpgsqlDataSource owner) : this(owner, Migration.Embedded) { }

    /// <summary>
    /// Takes every step not yet taken, each in a transaction of its own together with its row in
    /// <c>schema_migration</c>. Any number of processes may call this at once: one works, the
    /// others wait for it. Repeating is safe; a step that failed left nothing behind.
    /// </summary>
    /// <returns>The steps taken by this call; none when the database was up to date.</returns>
    /// <exception cref="SchemaRefusedException">See <see cref="SchemaCheck"/>.</exception>
    /// <exception cref="SchemaMigrationException">A step failed; it and all later ones are not
    /// applied.</exception>
    public async Task<IReadOnlyList<Migration>> Migrate(CancellationToken cancellation)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellation);
        await Lock(connection, "Schema/lock", cancellation);
        try
        {
            return await TakePending(connection, cancellation);
        }
        finally
        {
            await Lock(connection, "Schema/unlock", CancellationToken.None);
        }
    }

    private async Task<IReadOnlyList<Migration>> TakePending(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        await Execute(connection, SqlText.Load("Definitions/schema-migration"), cancellation);
        var applied = await AppliedMigration.ReadAll(connection, cancellation);
        var pending = SchemaComparison.Pending(known, applied).ToList();
        foreach (var step in pending)
            await Take(step, connection, cancellation);
        return pending;
    }

    private static async Task Take(
        Migration step, NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        try
        {
            await Execute(connection, step.Text, cancellation);
            await Record(step, connection, cancellation);
        }
        catch (PostgresException failure)
        {
            throw new SchemaMigrationException(step, failure);
        }

        FaultPoints.Pass(FaultPoints.MigrationStep);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task Record(
        Migration step, NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = SqlText.Load("Schema/record-migration");
        command.Parameters.Add(new() { Value = step.Number });
        command.Parameters.Add(new() { Value = step.Name });
        command.Parameters.Add(new()
        {
            Value = step.Checksum.ToArray(),
            NpgsqlDbType = NpgsqlDbType.Bytea,
        });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task Lock(
        NpgsqlConnection connection, string statement, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = SqlText.Load(statement);
        command.CommandTimeout = NoLimit;
        command.Parameters.Add(new() { Value = MigrationLock });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task Execute(
        NpgsqlConnection connection, string text, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        command.CommandTimeout = NoLimit;
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
