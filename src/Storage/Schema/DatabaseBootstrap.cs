using Npgsql;

namespace CustomerGrains.Storage.Schema;

/// <summary>Makes the roles and the empty database, before any migration.</summary>
/// <param name="superuser">Connects as a superuser to the database <c>postgres</c>.</param>
public sealed class DatabaseBootstrap(string superuser)
{
    public const string DatabaseName = "customers";
    public const string OwnerRole = "customers_owner";
    public const string ServiceRole = "service";

    /// <summary>The silos' reads for branches, which may take the role <c>utb</c> alone.</summary>
    public const string BranchRole = "branch_desk";

    /// <summary>
    /// Makes what is missing and gives those who log in the passwords named here. Repeating is
    /// safe; two at once on one server are not.
    /// </summary>
    public async Task Run(
        string ownerPassword,
        string servicePassword,
        string branchPassword,
        CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(superuser);
        await connection.OpenAsync(cancellation);
        await EnsureRoles(
            connection, [ownerPassword, servicePassword, branchPassword], cancellation);
        if (!await DatabaseExists(connection, cancellation))
            await Execute(connection, "Definitions/database", cancellation);
        await CloseToOthers(DatabaseName, cancellation);
    }

    /// <summary>Whether the server reads back its log after a restore: nothing can be written then.
    /// </summary>
    /// <exception cref="PostgresException">It lets nobody in yet (57P03).</exception>
    public async Task<bool> IsRecovering(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(superuser);
        await connection.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = SqlText.Load("Schema/is-recovering");
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Takes the rights that PostgreSQL gives to everyone in a new database.</summary>
    public async Task CloseToOthers(string database, CancellationToken cancellation)
    {
        var inside = new NpgsqlConnectionStringBuilder(superuser) { Database = database };
        await using var connection = new NpgsqlConnection(inside.ConnectionString);
        await connection.OpenAsync(cancellation);
        await Execute(connection, "Definitions/database-access", cancellation);
    }

    private static async Task EnsureRoles(
        NpgsqlConnection connection, string[] passwords, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = SqlText.Load("Schema/bootstrap-passwords");
            foreach (var password in passwords) command.Parameters.Add(new() { Value = password });
            await command.ExecuteNonQueryAsync(cancellation);
        }

        await Execute(connection, "Definitions/roles", cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task<bool> DatabaseExists(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = SqlText.Load("Schema/database-known");
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task Execute(
        NpgsqlConnection connection, string statement, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = SqlText.Load(statement);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
