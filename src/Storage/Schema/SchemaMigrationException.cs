using Npgsql;

namespace CustomerGrains.Storage.Schema;

/// <summary>A migration failed and was rolled back as a whole.</summary>
public sealed class SchemaMigrationException(Migration step, PostgresException failure)
    : Exception($"Migration {step} failed and was rolled back: {failure.MessageText} "
        + $"(SQLSTATE {failure.SqlState}).", failure)
{
    public Migration Step { get; } = step;
}
