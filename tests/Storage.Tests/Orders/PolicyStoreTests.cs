using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Policies;
using CustomerGrains.Storage.Tests.Customers;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Orders;

public sealed class PolicyStoreTests(PostgresFixture postgres)
{
    private const string Name = "category-ages";

    [Fact]
    public async Task Find_BeforeAnyChange_GivesTheDefaults()
    {
        await using var test = await postgres.CreateDatabase();
        await using var database = new CustomerDatabase(test.Service);

        var policy = (await new PolicyStore(database).Find(Name)).ShouldNotBeNull();

        policy.Version.ShouldBe(1);
        policy.Document.ShouldBe("""{"alcohol": 18, "tobacco": 18}""");
        policy.ChangedBy.ShouldBeNull();
        (await new PolicyStore(database).Find("unheard-of")).ShouldBeNull();
    }

    [Fact]
    public async Task Replace_ManyAtOnceOfOneVersion_LetsOnePass()
    {
        await using var test = await postgres.CreateDatabase();
        await using var database = new CustomerDatabase(test.Service);
        var policies = new PolicyStore(database);
        for (var version = 1; version <= 10; version++)
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => policies.Replace(
                Name, version, $$"""{"alcohol": {{i}}}""", StoreHarness.Now(), Guid.CreateVersion7())));
            results.Count(passed => passed).ShouldBe(1);
        }

        (await policies.Find(Name))!.Version.ShouldBe(11);
        (await test.Query<long>($"SELECT count(*) FROM policies WHERE name = '{Name}'")).ShouldBe(11);
    }
}
