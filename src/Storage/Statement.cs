using Npgsql;
using NpgsqlTypes;

namespace CustomerGrains.Storage;

/// <summary>Statements of <c>Sql/</c> with their values in order.</summary>
internal static class Statement
{
    public static void Add(this NpgsqlBatch batch, string name, params ReadOnlySpan<object?> values)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = SqlText.Load(name);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        batch.BatchCommands.Add(command);
    }

    public static NpgsqlCommand Command(
        this NpgsqlDataSource database, string name, params ReadOnlySpan<object?> values)
    {
        var command = database.CreateCommand(SqlText.Load(name));
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    /// <summary>The next value, of a type that a null does not tell.</summary>
    public static NpgsqlCommand Add(this NpgsqlCommand command, NpgsqlDbType type, object? value)
    {
        command.Parameters.Add(
            new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
        return command;
    }
}
