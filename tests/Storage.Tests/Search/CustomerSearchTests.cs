using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Search;
using CustomerGrains.Storage.Tests.Customers;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Search;

public sealed class CustomerSearchTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly string Plain = $"plain_{Guid.NewGuid():N}";

    private SearchHarness _world = null!;

    public async ValueTask InitializeAsync() => _world = await SearchHarness.Create(postgres);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Contact_IsFoundWholeAndOpened_AndNobodyElse()
    {
        var ann = await _world.Import("Ann", "+4915112345601", "ann@example.org");
        await _world.Import("Ben", "+4915112345602", "ben@example.org");

        var found = (await _world.Search.Find(
            new SearchFilter { Phone = "+4915112345601" }, null, 10)).Customers.ShouldHaveSingleItem();

        (found.Id, found.Name, found.Phone, found.Email, found.Status, found.Tier, found.Segment)
            .ShouldBe((ann.Customer.Id, "Ann", "+4915112345601", "ann@example.org", "active",
                "new", "general"));
        (await _world.Find(new SearchFilter { Email = "ann@example.org" }))
            .ShouldBe([ann.Customer.Id]);
        (await _world.Find(new SearchFilter { Phone = "+491511234560" })).ShouldBeEmpty();
        (await _world.Find(
            new SearchFilter { Phone = "+4915112345601", Email = "ben@example.org" }))
            .ShouldBeEmpty();
        (await _world.Find(
            new SearchFilter { Phone = "+4915112345601", Name = "B" })).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("josé garcía", "Jose G")]
    [InlineData("Jose Garcia", "JOSÉ  G")]
    [InlineData("Öztürk", "ozt")]
    [InlineData("ИВАН Петров", "иван")]
    [InlineData("Ärzte ohne Grenzen", "ÄRZTE OHNE GR")]
    [InlineData("ÖZGÜR YILMAZ", "özgür yılm")]
    [InlineData("Işıl Şahin", "ISIL")]
    [InlineData("İbrahim", "ibrahim")]
    [InlineData("Νίκος Παπαδόπουλος", "ΝΙΚΟΣ Π")]
    [InlineData("ΝΙΚΟΣ", "νίκος")]
    [InlineData("Großstraßenbäcker", "GROSSSTRASSENBÄCKER")]
    [InlineData("GROSSSTRASSENBÄCKER", "Großstraßenbäcker")]
    [InlineData("Łukasz Żółć", "łUKASZ zo")]
    [InlineData("Ørsted Æble", "øRSTED æ")]
    [InlineData("Հայկ", "ՀԱՅԿ")]
    [InlineData("Straße", "STRASSE")]
    [InlineData("अनन्या शर्मा", "अनन्")]
    [InlineData("李小龙", "李")]
    [InlineData("𝕬nn", "𝕬")]
    [InlineData("100% Ann", "100%")]
    [InlineData("A_b", "a_b")]
    [InlineData("Bartholomew Featherstonehaugh", "bartholomew feather")]
    public async Task Name_IsFoundByItsBeginning(string name, string typed)
    {
        var customer = await _world.Import(name);
        await _world.Import("Somebody Else");
        (await _world.Find(new SearchFilter { Name = typed })).ShouldBe([customer.Customer.Id]);
    }

    /// <summary>Where the locale folds nothing beyond ASCII, as initdb makes it without one.
    /// </summary>
    [Fact]
    public async Task Names_AreFoldedInADatabaseWithoutLocale()
    {
        await _world.Store.Database.Execute(
            $"CREATE DATABASE {Plain} LOCALE 'C' ENCODING 'UTF8' TEMPLATE template0");
        var definition = await _world.Store.Database.Query<string>(
            "SELECT pg_get_functiondef('name_key'::regproc)");
        await using var plain = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(
            _world.Store.Database.Superuser) { Database = Plain, Pooling = false });
        await Run(plain, definition);
        (await Run(plain, "SELECT lower('Ж')")).ShouldBe("Ж", "the locale folds nothing");

        (await Run(plain, "SELECT name_key('Ärzte ÖZGÜR ışık ΝΊΚΟΣ ЖУКОВ Øre STRAẞE')"))
            .ShouldBe("arzte ozgur isik νικοσ жуков øre strasse");
        await _world.Store.Database.Execute($"DROP DATABASE {Plain}");
    }

    [Theory]
    [InlineData("Ann", "%")]
    [InlineData("Ann", "_nn")]
    [InlineData("Ann", "nn")]
    [InlineData("Ann", "Ann ")]
    [InlineData("Ann", "A\\nn")]
    [InlineData("Bartholomew Featherstonehaugh", "Bartholomew Featherb")]
    public async Task Name_OfOthers_IsNotFound(string name, string typed)
    {
        await _world.Import(name);
        (await _world.Find(new SearchFilter { Name = typed })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Name_FollowsEveryEdit()
    {
        var customer = await _world.Import("Ann");
        customer = await _world.Rename(customer, "Bartholomew Featherstonehaugh");
        (await _world.Find(new SearchFilter { Name = "ann" })).ShouldBeEmpty();
        // The same beginning: nothing is written, and the rest is compared all the same.
        customer = await _world.Rename(customer, "Bartholomew Featherbottom");
        (await _world.Find(new SearchFilter { Name = "bartholomew featherstone" }))
            .ShouldBeEmpty();
        (await _world.Find(new SearchFilter { Name = "bartholomew featherb" }))
            .ShouldBe([customer.Customer.Id]);
        customer = await _world.Rename(customer, null);
        (await _world.Find(new SearchFilter { Name = "b" })).ShouldBeEmpty();
        (await _world.Store.Database.Query<long>("SELECT count(*) FROM customer_names"))
            .ShouldBe(0);
        await _world.Rename(customer, "Ann");
        (await _world.Find(new SearchFilter { Name = "a" })).ShouldBe([customer.Customer.Id]);
    }

    [Fact]
    public async Task Edit_OfTheRestOfAName_LeavesTheIndexAlone()
    {
        var customer = await _world.Import("Bartholomew Featherstonehaugh");
        const string place = "SELECT ctid::text FROM customer_names";
        var before = await _world.Store.Database.Query<string>(place);
        await _world.Rename(customer, "Bartholomew Featherbottom");
        (await _world.Store.Database.Query<string>(place)).ShouldBe(before);
    }

    [Fact]
    public async Task Stale_LeavesTheNameAsItIs()
    {
        var customer = await _world.Import("Ann");
        await _world.Rename(customer, "Ben");
        var late = StoreHarness.Prepare(
            customer, new CustomerCommand.EditProfile { Name = new("Carol") });
        (await _world.Store.Store.Commit(late)).ShouldBe(CommitResult.Stale);
        (await _world.Find(new SearchFilter { Name = "ben" })).Count.ShouldBe(1);
        (await _world.Find(new SearchFilter { Name = "carol" })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Filters_AloneAndTogether_FindWhomTheyDescribe()
    {
        var ann = await _world.Import("Ann", "+4915112345603");
        var ben = await _world.Import("Ben");
        var guest = await _world.Store.SignUp();
        await _world.Profile(ann, "customer_tier = 'vip', total_spend = 500");
        await _world.Profile(ben, "customer_segment = 'champions', total_spend = 499.99");
        var (a, b, g) = (ann.Customer.Id, ben.Customer.Id, guest.Customer.Id);

        await Finds(new() { Tier = CustomerTier.Vip }, a);
        await Finds(new() { Tier = CustomerTier.New }, g, b);
        await Finds(new() { Segment = "champions" }, b);
        await Finds(new() { Segment = "champion" });
        await Finds(new() { Status = AccountStatus.Temporary }, g);
        await Finds(new() { Status = AccountStatus.Active }, b, a);
        await Finds(new() { MinSpend = 500 }, a);
        await Finds(new() { MaxSpend = 499.99m }, b, g);
        await Finds(new() { MinSpend = 0 }, a, b, g);
        await Finds(new() { MinSpend = 499.99m, MaxSpend = 500 }, a, b);
        await Finds(new() { Tier = CustomerTier.Vip, MaxSpend = 499 });
        await Finds(new() { Tier = CustomerTier.New, Status = AccountStatus.Active }, b);
        await Finds(new() { Name = "a", Tier = CustomerTier.New });
        await Finds(new() { Phone = "+4915112345603", Tier = CustomerTier.Vip, MinSpend = 1 }, a);
        await Finds(new() { Phone = "+4915112345603", Tier = CustomerTier.New });
        await Finds(new(), g, b, a);
    }

    [Fact]
    public async Task Gone_AreNotFound()
    {
        var customer = await _world.Import("Ann", "+4915112345604");
        await _world.Store.Database.Execute(
            "DELETE FROM customer_data_keys; UPDATE users SET deleted_at = now()");
        foreach (var filter in (SearchFilter[])
        [
            new(), new() { Name = "a" }, new() { Phone = "+4915112345604" }, new() { MinSpend = 0 },
            new() { Tier = CustomerTier.New }, new() { Segment = "general" },
            new() { Status = AccountStatus.Active },
        ])
        {
            (await _world.Find(filter)).ShouldBeEmpty();
            (await _world.Pages(filter, limit: 10, examinedMax: 1)).ShouldBeEmpty();
        }

        customer.Customer.Lives.ShouldBeTrue();
    }

    private async Task Finds(SearchFilter filter, params Guid[] customers)
    {
        (await _world.Find(filter)).ShouldBe(customers);
        (await _world.Pages(filter, limit: 1, examinedMax: 1)).ShouldBe(customers);
        (await _world.Pages(filter, limit: 2, examinedMax: 3)).ShouldBe(customers);
    }

    private static async Task<string?> Run(NpgsqlDataSource database, string statement)
    {
        await using var command = database.CreateCommand(statement);
        return await command.ExecuteScalarAsync() as string;
    }
}
