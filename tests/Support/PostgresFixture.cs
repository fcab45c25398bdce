using System.Globalization;
using CustomerGrains.Launcher;
using CustomerGrains.Launcher.Postgres;
using CustomerGrains.Storage.Schema;
using Npgsql;
using Xunit;

namespace CustomerGrains.Tests.Support;

/// <summary>
/// One real PostgreSQL server per test assembly, made and removed with it. Declare
/// <c>[assembly: AssemblyFixture(typeof(PostgresFixture))]</c> and take it in the constructor.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    // Room for many small databases beside each other on a small machine.
    private readonly LocalPostgresOptions _options =
        new() { SharedBuffers = "128MB", ConnectionsMax = 300 };

    // PostgreSQL copies one template at a time.
    private readonly SemaphoreSlim _copying = new(1, 1);

    private string? _directory;
    private LocalPostgres? _server;
    private int _databases;

    /// <summary>The server, for tests that stop or kill it.</summary>
    public LocalPostgres Server => _server ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        _directory = await TestDirectory.Create();
        AppDomain.CurrentDomain.ProcessExit += StopAtExit;
        _server = await LocalPostgres.Start(
            new DataDirectory(_directory), _options, Console.Error, CancellationToken.None);
        // A template must have no connections, so none may wait in a pool.
        await using var template = NpgsqlDataSource.Create(
            _server.ConnectionString(DatabaseBootstrap.OwnerRole, DatabaseBootstrap.DatabaseName)
            + ";Pooling=false");
        await new SchemaMigrator(template).Migrate(CancellationToken.None);
    }

    /// <summary>A fresh database with the schema of this version.</summary>
    public Task<TestDatabase> CreateDatabase() => Create(DatabaseBootstrap.DatabaseName);

    /// <summary>A fresh database without any table.</summary>
    public Task<TestDatabase> CreateEmptyDatabase() => Create("template0");

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= StopAtExit;
        _copying.Dispose();
        NpgsqlConnection.ClearAllPools();
        if (_directory is not null) await TestDirectory.Remove(_directory);
    }

    private async Task<TestDatabase> Create(string template)
    {
        var number = Interlocked.Increment(ref _databases);
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{number}");
        await _copying.WaitAsync();
        try
        {
            await using var admin = NpgsqlDataSource.Create(
                Server.ConnectionString(LocalPostgres.Superuser, "postgres") + ";Pooling=false");
            await using var command = admin.CreateCommand(
                $"CREATE DATABASE {name} TEMPLATE {template} OWNER {DatabaseBootstrap.OwnerRole}");
            await command.ExecuteNonQueryAsync();
        }
        finally
        {
            _copying.Release();
        }

        await Server.Bootstrap.CloseToOthers(name, CancellationToken.None);
        return new(name,
            Server.ConnectionString(LocalPostgres.Superuser, name),
            Server.ConnectionString(DatabaseBootstrap.OwnerRole, name),
            Server.ConnectionString(DatabaseBootstrap.ServiceRole, name),
            Server.ConnectionString(DatabaseBootstrap.BranchRole, name));
    }

    // For a test run that is broken off; after kill -9 the next run sweeps.
    private void StopAtExit(object? sender, EventArgs e) =>
        TestDirectory.Remove(_directory!).GetAwaiter().GetResult();
}
