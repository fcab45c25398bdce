using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Search;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Search;

/// <summary>Pages while others write: whoever was there and stays is seen exactly once.</summary>
public sealed class SearchPagesTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Pages_WhileOthersAreBornAndEdited_ShowEverybodyOnce()
    {
        await using var world = await SearchHarness.Create(postgres);
        var customers = new List<LoadedCustomer>();
        for (var i = 0; i < 60; i++) customers.Add(await world.Import($"Ann {i % 7:D3}"));
        await world.Store.Database.Execute(
            """
            UPDATE customer_profiles SET total_spend = (hashtext(user_id::text) & 3) * 10,
                customer_tier = (ARRAY['vip', 'new'])[1 + (hashtext(user_id::text) & 1)]
            """);
        var tiers = await Tiers(world);

        foreach (var filter in (SearchFilter[])
        [
            new(), new() { Name = "ann" }, new() { MinSpend = 0 }, new() { Segment = "general" },
            new() { Status = AccountStatus.Active }, new() { Tier = CustomerTier.Vip },
            new() { Name = "ann", Tier = CustomerTier.Vip },
            new() { MinSpend = 0, Tier = CustomerTier.Vip },
        ])
        {
            var expected = customers.Select(c => c.Customer.Id)
                .Where(id => filter.Tier is null || tiers[id] == "vip").ToList();

            var seen = await world.Pages(filter, limit: 7, examinedMax: 11, async page =>
            {
                // Beside the edits of others: a birth, and an edit of what no page is sorted by.
                await world.Import($"Ann {page:D3} {Guid.NewGuid()}");
                customers[page % 60] = await world.Store.Commit(
                    customers[page % 60],
                    new CustomerCommand.EditProfile { PreferredLanguage = new($"x-{page}"[..2]) });
            });

            seen.ShouldBeUnique();
            expected.Except(seen).ShouldBeEmpty();
        }
    }

    private static async Task<Dictionary<Guid, string>> Tiers(SearchHarness world)
    {
        await using var command = world.Store.Database.AsSuperuser.CreateCommand(
            "SELECT user_id, customer_tier FROM customer_profiles");
        await using var reader = await command.ExecuteReaderAsync();
        var tiers = new Dictionary<Guid, string>();
        while (await reader.ReadAsync()) tiers.Add(reader.GetGuid(0), reader.GetString(1));
        return tiers;
    }
}
