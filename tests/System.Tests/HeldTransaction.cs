using Npgsql;

namespace CustomerGrains.System.Tests;

/// <summary>A transaction that has its number and does not end: whatever commits after it must wait
/// for it in the feed. Without <see cref="Commit"/> it is rolled back.</summary>
internal sealed class HeldTransaction : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly string _number;

    private HeldTransaction(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string number) =>
        (_connection, _transaction, _number) = (connection, transaction, number);

    public static async Task<HeldTransaction> Begin(NpgsqlDataSource database)
    {
        var connection = await database.OpenConnectionAsync();
        await using var settings = new NpgsqlCommand(
            "SET idle_in_transaction_session_timeout = 0", connection);
        await settings.ExecuteNonQueryAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using var number = new NpgsqlCommand(
            "SELECT pg_current_xact_id()::text", connection, transaction);
        return new(connection, transaction, (string)(await number.ExecuteScalarAsync())!);
    }

    /// <summary>The next journal row of a customer who is at version 1 and rests.</summary>
    public async Task AddRow(Guid customer)
    {
        await using var command = new NpgsqlCommand(
            """
            WITH moved AS (UPDATE users SET version = 2 WHERE id = $1)
            INSERT INTO customer_event (partition, customer_id, sequence, command_id, actor_id,
                                        actor_role, at, events, personal)
            SELECT partition, customer_id, 2, gen_random_uuid(), actor_id, actor_role, at, events,
                   personal
            FROM customer_event WHERE customer_id = $1
            """, _connection, _transaction);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = customer });
        await command.ExecuteNonQueryAsync();
    }

    public Task<long> RowsCommittedAfter(NpgsqlDataSource database) =>
        JournalFollower.Scalar<long>(
            database, $"SELECT count(*) FROM customer_event WHERE xid > '{_number}'::xid8");

    public Task<long> SealsAfter(NpgsqlDataSource database) => JournalFollower.Scalar<long>(
        database, $"SELECT count(*) FROM audit_seals WHERE last_xid >= '{_number}'::xid8");

    /// <summary>Makes rows that were committed after it such that nobody can count them, each in
    /// another partition.</summary>
    /// <returns>How many.</returns>
    public async Task<int> Poison(NpgsqlDataSource database, int rows)
    {
        await using var command = database.CreateCommand(
            $$"""
            UPDATE customer_event SET events = '[{"kind":7}]'
            WHERE (customer_id, sequence) IN (
                SELECT customer_id, sequence FROM (
                    SELECT DISTINCT ON (partition) customer_id, sequence
                    FROM customer_event WHERE xid > '{{_number}}'::xid8
                    ORDER BY partition, xid, id) first
                LIMIT {{rows}})
            """);
        return await command.ExecuteNonQueryAsync();
    }

    public Task Commit() => _transaction.CommitAsync();

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
