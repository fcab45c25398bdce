using CustomerGrains.Storage.Schema;
using Npgsql;

namespace CustomerGrains.Tests.Support;

/// <summary>A database of one test. Lives until the test process ends.</summary>
/// <param name="Superuser">Connection string; for what no other role may do or see.</param>
/// <param name="Owner">Connection string of the role that runs migrations.</param>
/// <param name="Service">Connection string of the role that silos work as.</param>
/// <param name="Branch">Connection string of the role that reads for branches.</param>
public sealed record TestDatabase(
    string Name, string Superuser, string Owner, string Service, string Branch)
    : IAsyncDisposable
{
    /// <summary>Seconds. Some statements make hundreds of thousands of rows.</summary>
    private const int StatementLimit = 300;

    private readonly Lazy<NpgsqlDataSource> _superuser =
        new(() => NpgsqlDataSource.Create(Superuser));
    private readonly Lazy<NpgsqlDataSource> _owner = new(() => NpgsqlDataSource.Create(Owner));
    private readonly Lazy<NpgsqlDataSource> _service = new(() => NpgsqlDataSource.Create(Service));

    /// <summary>The owner sees no rows: row-level security holds for it too.</summary>
    public NpgsqlDataSource AsSuperuser => _superuser.Value;

    public NpgsqlDataSource AsOwner => _owner.Value;

    public NpgsqlDataSource AsService => _service.Value;

    public Task Migrate() => new SchemaMigrator(AsOwner).Migrate(CancellationToken.None);

    /// <summary>Runs statements as the superuser.</summary>
    public async Task Execute(string statements)
    {
        await using var command = AsSuperuser.CreateCommand(statements);
        command.CommandTimeout = StatementLimit;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Asks for one value as the superuser.</summary>
    public async Task<T> Query<T>(string statement)
    {
        await using var command = AsSuperuser.CreateCommand(statement);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_superuser.IsValueCreated) await _superuser.Value.DisposeAsync();
        if (_owner.IsValueCreated) await _owner.Value.DisposeAsync();
        if (_service.IsValueCreated) await _service.Value.DisposeAsync();
    }
}
