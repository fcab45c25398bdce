using System.Collections.Immutable;
using Npgsql;

namespace CustomerGrains.Storage.Schema;

/// <summary>Decides whether a silo may work on a database; changes nothing.</summary>
/// <param name="service">Connects as the role the silo works as.</param>
/// <param name="known">All steps, in order; <see cref="Migration.Embedded"/> outside tests.</param>
public sealed class SchemaCheck(
    NpgsqlDataSource service, SchemaCheckOptions options, IReadOnlyList<Migration> known)
{
    public SchemaCheck(NpgsqlDataSource service, SchemaCheckOptions options)
        : this(service, options, Migration.Embedded) { }

    /// <summary>Returns when the database fits this version and keeps what it answers.</summary>
    /// <exception cref="SchemaRefusedException">
    /// The database is older or newer than this version, took a step with another text, or runs
    /// with <c>fsync</c> or <c>synchronous_commit</c> off.
    /// </exception>
    public async Task Verify(CancellationToken cancellation)
    {
        await using var connection = await service.OpenConnectionAsync(cancellation);
        await VerifySchema(connection, cancellation);
        if (!options.AllowUnsafeDurability) await VerifyDurability(connection, cancellation);
    }

    private async Task VerifySchema(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var applied = await AppliedMigration.ReadAll(connection, cancellation);
        var pending = SchemaComparison.Pending(known, applied).ToImmutableArray();
        if (pending.IsEmpty) return;

        var newest = applied.Count == 0 ? "nothing" : applied[^1].ToString();
        throw new SchemaRefusedException(
            $"The database is older than this version: it stands at {newest}, this version needs "
            + $"{pending[^1]}. Run the launcher's command 'migrate' as the owner of the database.");
    }

    private static async Task VerifyDurability(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = SqlText.Load("Schema/unsafe-settings");
        if (await command.ExecuteScalarAsync(cancellation) is string settings)
            throw new SchemaRefusedException(
                $"The database does not keep what it acknowledges: {settings}. Switch it on, or "
                + $"set {nameof(SchemaCheckOptions.AllowUnsafeDurability)} where losing "
                + "acknowledged commands is acceptable.");
    }
}
