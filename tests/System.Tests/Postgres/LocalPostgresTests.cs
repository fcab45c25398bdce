using System.Diagnostics;
using CustomerGrains.Launcher;
using CustomerGrains.Launcher.Postgres;
using CustomerGrains.Storage.Schema;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests.Postgres;

public sealed class LocalPostgresTests : IAsyncLifetime
{
    private static readonly LocalPostgresOptions Small = new() { SharedBuffers = "32MB" };

    private string _root = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _root = await TestDirectory.Create();

    public async ValueTask DisposeAsync() => await TestDirectory.Remove(_root);

    [Fact]
    public async Task Start_WhileItRuns_FindsTheSameServer()
    {
        var data = new DataDirectory(_root);
        var first = await Start(data);

        var second = await Start(data);

        second.ProcessId.ShouldNotBeNull();
        second.ProcessId.ShouldBe(first.ProcessId);
    }

    [Fact]
    public async Task Start_AfterKill_KeepsWhatWasCommitted()
    {
        var data = new DataDirectory(_root);
        var server = await Start(data);
        await Execute(server, "CREATE TABLE kept (id integer PRIMARY KEY)");
        using (var process = Process.GetProcessById(server.ProcessId!.Value)) process.Kill();
        await Eventually.Holds("the server is gone", () => server.ProcessId is null, Cancellation);

        server = await Start(data);

        (await Execute(server, "INSERT INTO kept VALUES (1)")).ShouldBe(1);
    }

    [Fact]
    public async Task Start_FileOfADeadServerNamesALivingProcess_StartsAnyway()
    {
        var data = new DataDirectory(_root);
        var server = await Start(data);
        var file = Path.Combine(data.Postgres, "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(file, Cancellation);
        await LocalPostgres.Stop(data, TextWriter.Null);
        // As after a container's restart, where numbers begin at 1 again. Its own user's process,
        // as PostgreSQL does not mind those of others.
        using var other = Process.Start(new ProcessStartInfo("sleep", ["600"])
        {
            UserName = Environment.IsPrivilegedProcess ? "postgres" : null,
        })!;
        lines[0] = $"{other.Id}";
        await File.WriteAllLinesAsync(file, lines, Cancellation);

        server = await Start(data);

        server.ProcessId.ShouldNotBeNull();
        other.Kill();
    }

    [Fact]
    public async Task Start_PathLongerThanASocketsAddress_Works()
    {
        const int AddressBytesMax = 107;
        var data = new DataDirectory(Path.Combine(_root, new string('d', AddressBytesMax)));

        var server = await Start(data);

        (await Execute(server, "SELECT 1")).ShouldBe(-1);
        await server.Stop();
    }

    [Fact]
    public async Task Start_FolderClosedToOthers_Works()
    {
        var parent = Directory.CreateDirectory(Path.Combine(_root, "closed"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var data = new DataDirectory(Path.Combine(parent.FullName, "data"));

        var server = await Start(data);

        (await Execute(server, "SELECT 1")).ShouldBe(-1);
        await server.Stop();
    }

    [Fact]
    public async Task Start_ForRoles_OwnerIsNoSuperuserAndServiceOwnsNothing()
    {
        var server = await Start(new DataDirectory(_root));

        await using var source = NpgsqlDataSource.Create(
            server.ConnectionString(DatabaseBootstrap.ServiceRole, DatabaseBootstrap.DatabaseName));
        await using var rights = source.CreateCommand(
            """
            SELECT bool_or(rolsuper OR rolbypassrls OR rolreplication OR rolcreatedb),
                   bool_or(rolcreaterole AND rolname = 'service'),
                   has_database_privilege('service', 'customers', 'CREATE, TEMPORARY')
            FROM pg_roles WHERE rolname IN ('service', 'customers_owner')
            """);
        await using var reader = await rights.ExecuteReaderAsync(Cancellation);
        await reader.ReadAsync(Cancellation);

        reader.GetBoolean(0).ShouldBeFalse();
        reader.GetBoolean(1).ShouldBeFalse();
        reader.GetBoolean(2).ShouldBeFalse();
    }

    [Fact]
    public async Task Start_Settings_AreAsPromised()
    {
        (string Name, string Value)[] promised =
        [
            ("fsync", "on"),
            ("synchronous_commit", "on"),
            ("full_page_writes", "on"),
            ("data_checksums", "on"),
            ("listen_addresses", ""),
            ("log_parameter_max_length", "0"),
            ("log_parameter_max_length_on_error", "0"),
            ("log_error_verbosity", "terse"),
            ("password_encryption", "scram-sha-256"),
            ("server_encoding", "UTF8"),
        ];
        var server = await Start(new DataDirectory(_root));
        await using var source = NpgsqlDataSource.Create(
            server.ConnectionString(LocalPostgres.Superuser, "postgres"));

        foreach (var (name, value) in promised)
        {
            await using var command = source.CreateCommand($"SHOW {name}");
            (await command.ExecuteScalarAsync(Cancellation)).ShouldBe(value, name);
        }
    }

    [Fact]
    public async Task Connect_WithoutPassword_IsRefused()
    {
        var server = await Start(new DataDirectory(_root));
        await using var source = NpgsqlDataSource.Create(
            $"Host={server.SocketPath};Username=postgres;Database=postgres;Password=wrong");

        var refusal = await Should.ThrowAsync<PostgresException>(
            async () => await source.OpenConnectionAsync(Cancellation));

        refusal.SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    private static Task<LocalPostgres> Start(DataDirectory data) =>
        LocalPostgres.Start(data, Small, TextWriter.Null, Cancellation);

    private static async Task<int> Execute(LocalPostgres server, string statement)
    {
        await using var source = NpgsqlDataSource.Create(
            server.ConnectionString(DatabaseBootstrap.OwnerRole, DatabaseBootstrap.DatabaseName)
            + ";Pooling=false");
        await using var command = source.CreateCommand(statement);
        return await command.ExecuteNonQueryAsync(Cancellation);
    }
}
