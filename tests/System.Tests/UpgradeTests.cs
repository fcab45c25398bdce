using CustomerGrains.Launcher;
using CustomerGrains.Launcher.Postgres;
using CustomerGrains.Storage;
using CustomerGrains.Storage.Journal;
using CustomerGrains.Storage.Schema;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Tests.Load;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.System.Tests;

/// <summary>A data folder of an earlier version, with customers in it, serves under this one.
/// </summary>
[Trait("Section", "R12")]
public sealed class UpgradeTests
{
    /// <summary>The last step of that version: row-level security and the readers' roles came after
    /// it.</summary>
    private const int EarlierSchema = 7;

    private const int Customers = 5;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DataFolder_OfAnEarlierVersion_IsBroughtForwardWithItsCustomers()
    {
        var folder = await TestDirectory.Create();
        var customers = await MakeEarlier(new DataDirectory(folder));
        await using var service = await RunningService.Start(data: folder);

        foreach (var customer in customers)
        {
            using var caller = await Caller.Of(service.BaseAddress, "utc", customer);
            (await caller.Ask("GET", "/api/utc/profile"))
                .GetProperty("version").GetInt64().ShouldBe(1);
            (await caller.Ask("PATCH", "/api/utc/profile", """{"name":"Later Name"}"""))
                .GetProperty("version").GetInt64().ShouldBe(2);
            (await caller.Ask("GET", "/api/utc/history"))
                .GetProperty("items").GetArrayLength().ShouldBeGreaterThan(1);
        }

        // The branches' login is there.
        using var desk = await Caller.Of(
            service.BaseAddress, "utb", Guid.NewGuid(), branch: Guid.NewGuid());
        await desk.Ask("GET", "/api/utb/orders?purpose=upgrade");
        await JournalFollower.CheckAllArrived(service);
        await using var database = await JournalFollower.Open(service);
        (await JournalFollower.Scalar<long>(
            database, "SELECT count(*) FROM schema_migration")).ShouldBe(Migration.Embedded.Length);
        Scoreboard.Add("R12",
            ("steps", Migration.Embedded.Length - 1 - EarlierSchema),
            ("customers", customers.Length), ("mismatches", 0));
    }

    /// <summary>Roles, schema and rows as that version left them, in its own words.</summary>
    private static async Task<Guid[]> MakeEarlier(DataDirectory data)
    {
        var server = await LocalPostgres.Start(data, new(), TextWriter.Null, Cancellation);
        await using var superuser = NpgsqlDataSource.Create(server.ConnectionString(
            LocalPostgres.Superuser, DatabaseBootstrap.DatabaseName) + ";Pooling=false");
        await Run(superuser, "DROP OWNED BY branch_desk, utc, utb, uta, utd");
        await Run(superuser, "DROP ROLE branch_desk, utc, utb, uta, utd");
        await using var owner = NpgsqlDataSource.Create(server.ConnectionString(
            DatabaseBootstrap.OwnerRole, DatabaseBootstrap.DatabaseName) + ";Pooling=false");
        await new SchemaMigrator(
                owner, [.. Migration.Embedded.Where(step => step.Number <= EarlierSchema)])
            .Migrate(Cancellation);

        KeyRing.CreateIfMissing(data.Keys);
        var keys = KeyRing.Open(data.Keys, TimeProvider.System);
        var ids = Enumerable.Range(0, Customers).Select(_ => Guid.CreateVersion7()).ToArray();
        foreach (var id in ids) await Write(superuser, keys, id);
        await server.Stop();
        return ids;
    }

    private static async Task Write(NpgsqlDataSource superuser, KeyRing keys, Guid id)
    {
        var wrapped = keys.Wrap(DataKey.Create(id, new CryptographicRandom()));
        await using var command = superuser.CreateCommand(
            """
            WITH u AS (
                INSERT INTO users
                    (id, version, account_status, is_temporary, created_at, updated_at)
                VALUES ($1, 1, 'temporary', true, now(), now())),
            k AS (
                INSERT INTO customer_data_keys (user_id, master_key_id, wrapped_key)
                VALUES ($1, $2, $3)),
            p AS (
                INSERT INTO customer_profiles (user_id, created_at, updated_at)
                VALUES ($1, now(), now()))
            INSERT INTO customer_event (partition, customer_id, sequence, command_id, actor_id,
                                        actor_role, at, events)
            VALUES ($4, $1, 1, gen_random_uuid(), $1, 1, now(), '[{"kind":"guest_created"}]')
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = wrapped.MasterKeyId });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = wrapped.Bytes });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = JournalPartition.Of(id) });
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private static async Task Run(NpgsqlDataSource database, string statement)
    {
        await using var command = database.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
