using System.Diagnostics;
using System.Globalization;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Storage.Search;
using CustomerGrains.Tests.Support;
using Npgsql;
using NpgsqlTypes;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Search;

/// <summary>What each filter costs among a million customers; the figures of docs/adr/0016.
/// Explicit: making the customers takes minutes.</summary>
public sealed class SearchFiguresTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Customers = 1_000_000;
    private const int Runs = 40;
    private const int LimitMax = 200;
    private const double MillisecondsMax = 50;

    [Fact(Explicit = true)]
    public async Task EveryFilterAlone_AmongAMillion_TakesLessThan50Milliseconds()
    {
        await using var world = await SearchHarness.Create(postgres);
        await Fill(world);

        await Time(world, "phone", new() { Phone = "+49500000" });
        await Time(world, "email", new() { Email = "500000@example.org" });
        foreach (var name in (string[])["n", "name 12", "name 123456", "nobody"])
            await Time(world, $"name {name}", new() { Name = name });
        foreach (var tier in (CustomerTier[])[CustomerTier.New, CustomerTier.Premium])
            await Time(world, $"tier {tier}", new() { Tier = tier });
        foreach (var segment in (string[])["general", "champions", "nobody's"])
            await Time(world, $"segment {segment}", new() { Segment = segment });
        foreach (var status in (AccountStatus[])[AccountStatus.Active, AccountStatus.Suspended])
            await Time(world, $"status {status}", new() { Status = status });
        foreach (var spend in (decimal[])[0, 50_000, 99_990])
            await Time(world, $"spend from {spend}", new() { MinSpend = spend });
        await Time(world, "spend to 10", new() { MaxSpend = 10 });
        await Time(world, "none", new());
        // The worst: of those looked at nobody matches.
        await Time(world, "tier and segment apart", new()
        {
            Tier = CustomerTier.Premium, Segment = "general", MaxSpend = 99_999,
            Name = "name 1", Status = AccountStatus.Suspended,
        });
    }

    private async Task Time(SearchHarness world, string what, SearchFilter filter)
    {
        var times = new List<double>();
        var rows = 0;
        for (var run = 0; run < Runs; run++)
        {
            var started = Stopwatch.GetTimestamp();
            rows = (await world.Search.Find(filter, null, LimitMax)).Customers.Count;
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        times.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {rows} found, median {times[Runs / 2]:0.0} ms, longest {times[^1]:0.0} ms"));
        times[Runs / 2].ShouldBeLessThan(MillisecondsMax);
    }

    private static async Task Fill(SearchHarness world)
    {
        var keys = world.Store.Keys;
        var random = new CryptographicRandom();
        var people = new List<DataKey>(Customers);
        for (var i = 0; i < Customers; i++)
            people.Add(DataKey.Create(Guid.CreateVersion7(), random));
        await using var connection = await world.Store.Database.AsSuperuser.OpenConnectionAsync();
        await using (var users = await connection.BeginBinaryImportAsync(
            "COPY users (id, version, name, phone, phone_index, email, email_index, account_status, "
            + "created_at, updated_at) FROM STDIN (FORMAT binary)"))
        {
            for (var i = 0; i < Customers; i++)
            {
                var (phone, email) = ($"+49{i}", $"{i}@example.org");
                await users.StartRowAsync();
                await users.WriteAsync(people[i].CustomerId);
                await users.WriteAsync(1L);
                await users.WriteAsync($"Name {i}");
                await users.WriteAsync(people[i].Seal(SealedColumn.Phone, phone)!);
                await users.WriteAsync(keys.BlindIndex(IndexedField.Phone, phone));
                await users.WriteAsync(people[i].Seal(SealedColumn.Email, email)!);
                await users.WriteAsync(keys.BlindIndex(IndexedField.Email, email));
                await users.WriteAsync(i % 1000 == 0 ? "suspended" : "active");
                await users.WriteAsync(DateTime.UtcNow);
                await users.WriteAsync(DateTime.UtcNow);
            }

            await users.CompleteAsync();
        }

        await using (var wrapped = await connection.BeginBinaryImportAsync(
            "COPY customer_data_keys (user_id, master_key_id, wrapped_key) "
            + "FROM STDIN (FORMAT binary)"))
        {
            foreach (var key in people)
            {
                var (id, bytes) = (keys.Wrap(key).MasterKeyId, keys.Wrap(key).Bytes);
                await wrapped.StartRowAsync();
                await wrapped.WriteAsync(key.CustomerId);
                await wrapped.WriteAsync(id);
                await wrapped.WriteAsync(bytes, NpgsqlDbType.Bytea);
            }

            await wrapped.CompleteAsync();
        }

        await Execute(connection,
            """
            INSERT INTO customer_names (user_id, name_key)
            SELECT id, left(name_key(left(name, 16)), 64) FROM users;
            INSERT INTO customer_profiles
                (user_id, customer_tier, customer_segment, total_spend, created_at, updated_at)
            SELECT id,
                   CASE n % 1000 WHEN 0 THEN 'premium' WHEN 1 THEN 'vip' ELSE 'new' END,
                   CASE WHEN n % 5000 = 7 THEN 'champions' ELSE 'general' END,
                   CASE WHEN n % 3 = 0 THEN 0 ELSE n % 100000 END, now(), now()
            FROM (SELECT id, row_number() OVER () AS n FROM users) u;
            """);
        await Execute(connection,
            "VACUUM ANALYZE users, customer_names, customer_profiles, customer_data_keys");
    }

    private static async Task Execute(NpgsqlConnection connection, string statements)
    {
        await using var command = new NpgsqlCommand(statements, connection) { CommandTimeout = 1800 };
        await command.ExecuteNonQueryAsync();
    }
}
