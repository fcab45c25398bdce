using CustomerGrains.Storage.Access;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Tests.Customers;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Orders;

public sealed class AccessLogTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Record_ManyAtOnce_KeepsEach()
    {
        await using var test = await postgres.CreateDatabase();
        await using var database = new CustomerDatabase(test.Service);
        await using var log = new AccessLog(database, TimeProvider.System);

        await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => log.Record(Entry())));

        (await test.Query<long>("SELECT count(DISTINCT id) FROM customer_data_access_logs "
            + "WHERE role = 'utd' AND purpose = 'delivery' AND fields = '{name,phone}'"))
            .ShouldBe(500);
    }

    [Fact]
    public async Task Record_ThatCannotBeWritten_Throws_AndTheNextOneIsWritten()
    {
        await using var test = await postgres.CreateDatabase();
        await using var database = new CustomerDatabase(test.Service);
        await using var log = new AccessLog(database, TimeProvider.System);

        await Should.ThrowAsync<PostgresException>(log.Record(Entry() with { Purpose = "" }));
        await log.Record(Entry());

        (await test.Query<long>("SELECT count(*) FROM customer_data_access_logs")).ShouldBe(1);
    }

    [Fact]
    public async Task Record_OfAPage_IsOneTransaction()
    {
        await using var test = await postgres.CreateDatabase();
        await using var database = new CustomerDatabase(test.Service);
        await using var log = new AccessLog(database, TimeProvider.System);

        await log.Record([.. Enumerable.Range(0, 200).Select(_ => Entry())]);
        await log.Record([]);
        await Should.ThrowAsync<PostgresException>(
            log.Record([Entry(), Entry() with { Purpose = "" }]));

        (await test.Query<string>("SELECT count(*) || ' in ' || count(DISTINCT xmin::text) "
            + "FROM customer_data_access_logs")).ShouldBe("200 in 1");
    }

    [Theory]
    [InlineData("UPDATE customer_data_access_logs SET purpose = 'other'")]
    [InlineData("DELETE FROM customer_data_access_logs")]
    [InlineData("TRUNCATE customer_data_access_logs")]
    public async Task Rewriting_ByAnyRole_IsRefused(string statement)
    {
        await using var test = await postgres.CreateDatabase();
        await using var database = new CustomerDatabase(test.Service);
        await using var log = new AccessLog(database, TimeProvider.System);
        await log.Record(Entry());

        foreach (var role in (NpgsqlDataSource[])[test.AsService, test.AsSuperuser])
        {
            await using var command = role.CreateCommand(statement);
            await Should.ThrowAsync<PostgresException>(command.ExecuteNonQueryAsync());
        }

        (await test.Query<string>("SELECT purpose FROM customer_data_access_logs"))
            .ShouldBe("delivery");
    }

    private static AccessEntry Entry() => new(
        Guid.CreateVersion7(), "utd", Guid.CreateVersion7(), Guid.CreateVersion7(),
        Guid.CreateVersion7(), "delivery", ["name", "phone"], StoreHarness.Now());
}
