using System.Text.Json;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Privacy;
using CustomerGrains.Storage.Tests.Customers;
using CustomerGrains.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Merges;

/// <summary>The export of somebody who absorbed one who had absorbed another.</summary>
public sealed class MergedExportTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Export_AfterMerges_HoldsEverythingOfEverybodyInClear()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var inner = await MergedPair.Merge(
            harness, await Person(harness, "Bea"), await Person(harness, "Ann"));
        var outer = await MergedPair.Merge(harness, await Person(harness, "Cyd"), inner.Survivor);

        var document = await Export(harness, outer.Survivor);

        document.GetProperty("identity").GetProperty("name").GetString().ShouldBe("Cyd");
        document.GetProperty("merges")[0].GetProperty("other_id").GetGuid()
            .ShouldBe(inner.Survivor.Customer.Id);
        var absorbed = document.GetProperty("absorbed").EnumerateArray().ToArray();
        absorbed.Select(a => a.GetProperty("customer_id").GetGuid()).ShouldBe(
            [inner.Survivor.Customer.Id, inner.Redundant.Customer.Id], ignoreOrder: true);
        foreach (var (other, name) in absorbed.Zip(Names(absorbed, inner)))
        {
            other.GetProperty("identity").GetProperty("name").GetString().ShouldBe(name);
            other.GetProperty("identity").GetProperty("phone").GetString().ShouldStartWith("+49");
            other.GetProperty("history").GetRawText().ShouldContain($"{name} Street");
            other.GetProperty("access_log").GetArrayLength().ShouldBe(1);
            other.GetProperty("metrics").GetProperty("cart_abandon_count").GetInt32().ShouldBe(1);
            other.GetProperty("media").GetArrayLength().ShouldBe(1);
            // Removed before the merge, so it did not come over.
            other.GetProperty("addresses").EnumerateArray().ShouldHaveSingleItem()
                .GetProperty("line1").GetString().ShouldBe($"Gone {name} Street");
            other.GetProperty("orders").GetArrayLength().ShouldBe(0);
        }

        document.GetProperty("addresses").EnumerateArray()
            .Select(a => a.GetProperty("line1").GetString())
            .ShouldBe(["Ann Street", "Bea Street", "Cyd Street", "Gone Cyd Street"], true);
        document.GetProperty("orders").EnumerateArray()
            .Select(o => o.GetProperty("customer_snapshot").GetProperty("name").GetString())
            .ShouldBe(["Ann", "Bea", "Cyd"], ignoreOrder: true);
        document.GetProperty("orders").EnumerateArray()
            .Count(o => o.GetProperty("placed_by").ValueKind == JsonValueKind.Null).ShouldBe(1);
    }

    private static IEnumerable<string> Names(JsonElement[] absorbed, MergedPair inner) =>
        absorbed.Select(a => a.GetProperty("customer_id").GetGuid() == inner.Survivor.Customer.Id
            ? "Bea"
            : "Ann");

    private static async Task<JsonElement> Export(StoreHarness harness, LoadedCustomer customer)
    {
        await using var database = new CustomerDatabase(harness.Database.Service);
        var exports = new ExportStore(
            database, harness.Keys, new FakeTimeProvider(StoreHarness.Now().AddMinutes(1)));
        var id = Guid.CreateVersion7();
        await harness.Commit(customer, new CustomerCommand.RequestExport(id, null, []));
        (await exports.MakeDue(
            e => throw new InvalidOperationException("It failed.", e),
            TestContext.Current.CancellationToken)).ShouldBe(1);
        return JsonDocument.Parse((await exports.Find(customer.Key, id))!.Document).RootElement;
    }

    private static async Task<LoadedCustomer> Person(StoreHarness harness, string name)
    {
        var person = await harness.SignUp(
            $"+4915{Random.Shared.NextInt64(100_000_000, 999_999_999)}");
        var (home, gone) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var command in (CustomerCommand[])
        [
            new CustomerCommand.EditProfile { Name = new(name) },
            new CustomerCommand.AddMedia(Guid.CreateVersion7(), "image/png", 7),
            Address(home, $"{name} Street"),
            Address(gone, $"Gone {name} Street"),
            new CustomerCommand.RemoveAddress(gone),
        ])
            person = await harness.Commit(person, command);
        await harness.Database.Execute(
            $"""
            INSERT INTO customer_metrics (user_id, cart_abandon_count)
            VALUES ('{person.Customer.Id}', 1);
            INSERT INTO customer_data_access_logs
                (id, accessed_by_user_id, customer_user_id, role, purpose, fields, created_at)
            VALUES (gen_random_uuid(), gen_random_uuid(), '{person.Customer.Id}', 'uta', 'Ticket',
                    array['name'], now())
            """);
        return await Deliver(harness, person, home);
    }

    private static async Task<LoadedCustomer> Deliver(
        StoreHarness harness, LoadedCustomer person, Guid address)
    {
        var order = Guid.CreateVersion7();
        person = await harness.Commit(person, new CustomerCommand.PlaceOrder(order)
        {
            BranchId = Guid.CreateVersion7(),
            AddressId = address,
            Total = 1m,
            Fingerprint = new string('0', 64),
            PlacedAt = StoreHarness.Now(),
        });
        foreach (var status in (OrderStatus[])
            [OrderStatus.Accepted, OrderStatus.PickedUp, OrderStatus.Delivered])
        {
            person = await harness.Commit(
                person, new CustomerCommand.ProgressOrder(order, status));
        }

        return person;
    }

    private static CustomerCommand Address(Guid id, string line1) =>
        new CustomerCommand.AddAddress(
            new(id, new AddressDetails
            {
                Line1 = line1, City = "Lisbon", PostalCode = "1000-001", Country = "PT",
            }), AsDefault: false);
}
