using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Schema;
using CustomerGrains.Storage.Tests.Customers;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Standings;

/// <summary>Databases that were there before customers' standings were kept.</summary>
public sealed class StandingMigrationTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Migration_OfWhatHappenedBefore_CountsWhatTheFoldDoes()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var busy = await harness.SignUp($"+4915{Random.Shared.NextInt64(1_000_000_000)}");
        Guid address = Guid.CreateVersion7(), other = Guid.CreateVersion7();
        Guid[] orders = [.. Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7())];
        foreach (var command in (CustomerCommand[])
        [
            new CustomerCommand.AddAddress(new(address, Home), AsDefault: false),
            new CustomerCommand.AddAddress(new(other, Home), AsDefault: false),
            new CustomerCommand.EditAddress(address, new() { City = new("Porto") }),
            new CustomerCommand.RemoveAddress(other),
            .. orders.Select(Place),
            new CustomerCommand.ProgressOrder(orders[0], OrderStatus.Cancelled),
            new CustomerCommand.ProgressOrder(orders[1], OrderStatus.Failed),
            new CustomerCommand.ProgressOrder(orders[2], OrderStatus.Accepted),
            new CustomerCommand.ProgressOrder(orders[2], OrderStatus.PickedUp),
            new CustomerCommand.ProgressOrder(orders[2], OrderStatus.Delivered),
        ])
            busy = await harness.Commit(busy, command);
        var quiet = await harness.SignUp();
        await harness.Database.Execute(
            "UPDATE customer_profiles SET last_delivered_at = NULL, risk_counts = '{}'");

        await harness.Database.Execute(Backfill);

        var counted = await harness.Load(busy.Customer.Id);
        counted.Standing.Risks.ShouldBe(busy.Customer.Standing.Risks);
        counted.Standing.Risks[RiskSign.AddressChanges].ShouldBe(2);
        counted.Profile.LastDeliveredAt.ShouldBe(busy.Customer.Profile.LastDeliveredAt);
        (await harness.Load(quiet.Customer.Id)).Standing.ShouldBe(Standing.Fresh);
    }

    private static string Backfill
    {
        get
        {
            var text = Migration.Embedded.Single(m => m.Name == "standings").Text;
            var start = text.IndexOf("UPDATE customer_profiles p", StringComparison.Ordinal);
            return text[start..text.IndexOf(';', start)];
        }
    }

    private static AddressDetails Home => new()
    {
        Line1 = "1 Main Street",
        City = "Lisbon",
        PostalCode = "1000-001",
        Country = "PT",
    };

    private static CustomerCommand Place(Guid id) => new CustomerCommand.PlaceOrder(id)
    {
        BranchId = Guid.CreateVersion7(),
        Total = 20.00m,
        PlacedAt = StoreHarness.Now(),
        Fingerprint = new string('a', 64),
    };
}
