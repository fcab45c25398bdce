using System.Collections.Immutable;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Orders;
using CustomerGrains.Storage.Tests.Customers;
using CustomerGrains.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Orders;

public sealed class OrderCommitTests(PostgresFixture postgres)
{
    private static readonly Guid Rider = Guid.CreateVersion7();

    [Fact]
    public async Task Load_AfterEveryStepOfOrders_ReadsBackWhatWasInMemoryAndWhatTheJournalFoldsTo()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var (loaded, address) = await WithAddress(harness);
        Guid first = Guid.CreateVersion7(), second = Guid.CreateVersion7();
        foreach (var command in (CustomerCommand[])
        [
            Place(first, address) with { Categories = CategoryNames.From(["bread", "alcohol"]) },
            Place(second, null) with { Contact = new("Bob", "+49222"), Total = 0.00m },
            new CustomerCommand.ProgressOrder(first, OrderStatus.Accepted) { RiderId = Rider },
            new CustomerCommand.ProgressOrder(first, OrderStatus.PickedUp),
            new CustomerCommand.ProgressOrder(second, OrderStatus.Failed),
            new CustomerCommand.ProgressOrder(first, OrderStatus.Delivered) { Total = 12.34m },
        ])
        {
            loaded = await harness.Commit(loaded, command);
            var expected = StoreHarness.Show(loaded.Customer);
            StoreHarness.Show(await harness.Load(loaded.Customer.Id)).ShouldBe(expected);
            StoreHarness.Show(await harness.Fold(loaded)).ShouldBe(expected);
        }

        loaded.Customer.ActiveOrders.ShouldBeEmpty();
        loaded.Customer.Profile.TotalSpend.ShouldBe(12.34m);
        (await harness.Database.Query<decimal>("SELECT average_order_value FROM customer_profiles"))
            .ShouldBe(12.34m);
    }

    [Fact]
    public async Task Commit_ThatTouchesOrdersInAnyWay_WritesThem()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var (loaded, address) = await WithAddress(harness);
        var id = Guid.CreateVersion7();
        loaded = await harness.Commit(loaded, Place(id, address));
        loaded = await harness.Commit(
            loaded, new CustomerCommand.ProgressOrder(id, OrderStatus.Accepted) { RiderId = Rider });

        // What the fold of a changed phone does, carried by another command of the same commit.
        var commit = StoreHarness.Prepare(loaded, Rename("new phone"));
        var after = WithNewPhone(commit.After);
        (await harness.Store.Commit(commit with { After = after })).ShouldBe(CommitResult.Committed);

        StoreHarness.Show(await harness.Load(loaded.Customer.Id)).ShouldBe(StoreHarness.Show(after));
        loaded = await harness.Commit(
            loaded with { Customer = after }, new CustomerCommand.AcknowledgeContact(id, Rider, 1));
        var order = (await harness.Load(loaded.Customer.Id)).ActiveOrders[0];
        (order.ContactVersion, order.PhoneUpdated).ShouldBe((1, false));
    }

    [Fact]
    public async Task Find_AnEndedOrder_GivesItAsItEnded_AndToOthersItsOwnerOnly()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var (loaded, address) = await WithAddress(harness);
        var other = await harness.SignUp();
        var id = Guid.CreateVersion7();
        loaded = await harness.Commit(loaded, Place(id, address));
        var snapshot = loaded.Customer.ActiveOrders[0].Snapshot;
        loaded = await harness.Commit(
            loaded, new CustomerCommand.ProgressOrder(id, OrderStatus.Cancelled));

        await using var database = new CustomerDatabase(harness.Database.Service);
        var orders = new OrderStore(database, harness.Keys);
        var found = (await orders.Find(loaded.Key, id))!.Order!;
        found.Status.ShouldBe(OrderStatus.Cancelled);
        found.EndedAt.ShouldBe(loaded.Customer.UpdatedAt);
        found.Snapshot.ShouldBe(snapshot);
        (await orders.Find(other.Key, id)).ShouldBe(new FoundOrder(loaded.Customer.Id, null, other.Key));
        (await orders.FindOwner(id)).ShouldBe(loaded.Customer.Id);
        (await orders.Find(loaded.Key, Guid.CreateVersion7())).ShouldBeNull();
        (await orders.FindOwner(Guid.CreateVersion7())).ShouldBeNull();
    }

    [Fact]
    public async Task Commit_OnAVersionThatIsGone_LeavesNoOrderAndNoTotals()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var (old, address) = await WithAddress(harness);
        var id = Guid.CreateVersion7();
        var placed = await harness.Commit(old, Place(id, address));
        var current = await harness.Commit(placed, Rename("first"));

        foreach (var (stale, command) in ((LoadedCustomer, CustomerCommand)[])
        [
            (old, Place(Guid.CreateVersion7(), address)),
            (placed, new CustomerCommand.ProgressOrder(id, OrderStatus.Cancelled)),
        ])
        {
            var late = StoreHarness.Prepare(stale, command);
            (await harness.Store.Commit(late)).ShouldBe(CommitResult.Stale);
        }

        StoreHarness.Show(await harness.Load(old.Customer.Id))
            .ShouldBe(StoreHarness.Show(current.Customer));
        (await harness.Database.Query<long>("SELECT count(*) FROM orders")).ShouldBe(1);
    }

    [Fact]
    public async Task Place_OneIdByManyCustomersAtOnce_GivesExactlyOneOwner()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var customers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => harness.SignUp()));
        for (var round = 0; round < 10; round++)
        {
            var id = Guid.CreateVersion7();
            var commits = customers.Select(c => StoreHarness.Prepare(
                c, Place(id, null) with { Contact = new(null, "+49222") })).ToArray();
            var results = await Task.WhenAll(commits.Select(harness.Store.Commit));
            results.Count(r => r == CommitResult.Committed).ShouldBe(1);
            results.Count(r => r == CommitResult.OrderTaken).ShouldBe(15);
            for (var i = 0; i < customers.Length; i++)
            {
                if (results[i] == CommitResult.Committed)
                    customers[i] = customers[i] with { Customer = commits[i].After };
                StoreHarness.Show(await harness.Load(customers[i].Customer.Id))
                    .ShouldBe(StoreHarness.Show(customers[i].Customer));
            }
        }
    }

    [Fact]
    public async Task Place_WhileConnectionsAreCut_IsAppliedExactlyOnce()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var customers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => harness.SignUp()));
        using var stop = new CancellationTokenSource();
        var cuts = harness.CutCommits(TimeSpan.FromMilliseconds(50), stop.Token);
        var ends = await Task.WhenAll(customers.Select(c => PlaceAndDeliver(harness, c, 40)));
        await stop.CancelAsync();

        (await cuts).ShouldBeGreaterThan(2, "the fault must have happened");
        foreach (var end in ends)
        {
            end.Customer.Profile.TotalOrders.ShouldBe(40);
            var stored = await harness.Load(end.Customer.Id);
            StoreHarness.Show(stored).ShouldBe(StoreHarness.Show(end.Customer));
            StoreHarness.Show(await harness.Fold(end)).ShouldBe(StoreHarness.Show(stored));
        }

        (await harness.Database.Query<decimal>("SELECT sum(total) FROM orders"))
            .ShouldBe(await harness.Database.Query<decimal>(
                "SELECT sum(total_spend) FROM customer_profiles"));
    }

    [Fact]
    public async Task Snapshot_AnyChangeByAnyRole_IsRefused()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var (loaded, address) = await WithAddress(harness);
        await harness.Commit(loaded, Place(Guid.CreateVersion7(), address));
        var before = await harness.Database.Query<string>(
            "SELECT customer_snapshot::text FROM orders");

        foreach (var role in
            (NpgsqlDataSource[])[harness.Database.AsService, harness.Database.AsSuperuser])
        {
            await using var command = role.CreateCommand(
                "UPDATE orders SET customer_snapshot = customer_snapshot || '{\"name\": \"x\"}'");
            var refused = await Should.ThrowAsync<PostgresException>(command.ExecuteNonQueryAsync());
            refused.ConstraintName.ShouldBe("orders_snapshot_immutable");
        }

        (await harness.Database.Query<string>("SELECT customer_snapshot::text FROM orders"))
            .ShouldBe(before);
    }

    [Fact]
    public async Task Place_KeepsEveryPersonalValueSealed()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var (loaded, address) = await WithAddress(harness);
        loaded = await harness.Commit(loaded, Rename("Canary Name"));
        await harness.Commit(loaded, Place(Guid.CreateVersion7(), address) with
        {
            Contact = new("Canary Other", "+4915199998888"),
        });

        var stored = await harness.Database.Query<string>(
            "SELECT string_agg(o::text || e.events || encode(coalesce(e.personal, ''), 'escape'), ' ') "
            + "FROM orders o JOIN customer_event e ON e.customer_id = o.user_id");
        foreach (var secret in (string[])["Canary", "15199998888", "Main Street", "Lisbon", "1000-001", "38.71"])
            stored.ShouldNotContain(secret);
    }

    private static async Task<LoadedCustomer> PlaceAndDeliver(
        StoreHarness harness, LoadedCustomer loaded, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var id = Guid.CreateVersion7();
            loaded = await harness.Commit(
                loaded, Place(id, null) with { Contact = new(null, "+49222"), Total = 1.01m });
            foreach (var status in (OrderStatus[])
                [OrderStatus.Accepted, OrderStatus.PickedUp, OrderStatus.Delivered])
                loaded = await harness.Commit(loaded, new CustomerCommand.ProgressOrder(id, status));
        }

        return loaded;
    }

    private static async Task<(LoadedCustomer Loaded, Guid Address)> WithAddress(StoreHarness harness)
    {
        var address = Guid.CreateVersion7();
        var details = new AddressDetails
        {
            Line1 = "1 Main Street",
            City = "Lisbon",
            PostalCode = "1000-001",
            Country = "PT",
            Latitude = 38.7167m,
            Longitude = -9.1333m,
        };
        var loaded = await harness.SignUp("+4915112345678");
        return (
            await harness.Commit(
                loaded, new CustomerCommand.AddAddress(new(address, details), AsDefault: false)),
            address);
    }

    private static CustomerCommand.PlaceOrder Place(Guid id, Guid? address) => new(id)
    {
        BranchId = Rider,
        AddressId = address,
        Total = 499.00m,
        PlacedAt = StoreHarness.Now().AddDays(-1),
        Fingerprint = string.Concat(Enumerable.Repeat("0f", 32)),
    };

    private static CustomerCommand Rename(string name) =>
        new CustomerCommand.EditProfile { Name = new(name) };

    private static Customer WithNewPhone(Customer customer) => customer with
    {
        ActiveOrders = customer.ActiveOrders
            .Select(o => o with { ContactVersion = o.ContactVersion + 1, PhoneUpdated = true })
            .ToImmutableArray(),
    };
}
