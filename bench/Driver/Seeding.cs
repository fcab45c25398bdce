using System.Globalization;
using CustomerGrains.Bench.Shared;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage;
using CustomerGrains.Storage.Batching;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Feed;
using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Bench.Driver;

/// <summary>Fills the service's own database through its own store, as an import does.</summary>
internal static class Seeding
{
    // Commits under way at once; fewer than the store's queue holds.
    private const int ChunkSize = 1000;

    // Of orders: any keyed hash, hexadecimal.
    private static readonly string Fingerprint = new('0', 64);

    private static Dictionary<Guid, int> Numbers { get; set; } = [];

    public static async Task<int> Run(string connection, string keys, string customers)
    {
        KeyRing.CreateIfMissing(keys);
        await using var database = new CustomerDatabase(connection);
        await using (var store = new CustomerStore(
            database, KeyRing.Open(keys, TimeProvider.System), new BatcherOptions(), new FeedSignal(),
            TimeProvider.System))
        {
            var count = int.Parse(customers, CultureInfo.InvariantCulture);
            Numbers = SampleCustomers.Take(count).Select((c, i) => (c.Id, i)).ToDictionary();
            foreach (var chunk in SampleCustomers.Take(count).Chunk(ChunkSize))
            {
                var commits = chunk.Select(Birth).ToList();
                if (!await Commit(store, commits)) return 1;
                if (!await Commit(store, commits = [.. commits.Select(Place)])) return 1;
                if (!await Commit(store, [.. commits.Select(Assign)])) return 1;
            }
        }

        return 0;
    }

    private static async Task<bool> Commit(CustomerStore store, List<CustomerCommit> commits) =>
        (await Task.WhenAll(commits.Select(store.Commit)))
        .All(result => result is CommitResult.Committed);

    /// <summary>All of a customer's active orders, in one commit.</summary>
    private static CustomerCommit Place(CustomerCommit birth) => After(birth, i =>
        new CustomerCommand.PlaceOrder(OrderOf(birth, i))
        {
            BranchId = SampleOrders.Branch,
            AddressId = SampleAddresses.Id(Numbers[birth.After.Id], 0),
            Total = 499.00m,
            PlacedAt = birth.At,
            Fingerprint = Fingerprint,
        });

    /// <summary>A rider for each of them, in another.</summary>
    private static CustomerCommit Assign(CustomerCommit placed) => After(placed, i =>
        new CustomerCommand.ProgressOrder(OrderOf(placed, i), OrderStatus.Accepted)
        {
            RiderId = SampleOrders.RiderOf(Numbers[placed.After.Id], i),
        });

    private static Guid OrderOf(CustomerCommit commit, int number) =>
        SampleOrders.Order(Numbers[commit.After.Id], number);

    private static CustomerCommit After(CustomerCommit commit, Func<int, CustomerCommand> command)
    {
        var customer = commit.After;
        var events = new List<CustomerEvent>();
        for (var i = 0; i < SampleOrders.PerCustomer; i++)
        {
            var decided = customer.Decide(command(i), commit.At).Events;
            customer = customer.After(decided, commit.At);
            events.AddRange(decided);
        }

        return commit with
        {
            Before = commit.After,
            After = commit.After.After([.. events], commit.At),
            Events = [.. events],
            CommandId = Guid.NewGuid(),
        };
    }

    private static NewAddress AddressOf(AddressRecord address) => new(address.Id, new()
    {
        Label = address.Label!,
        Line1 = address.Line1,
        City = address.City,
        State = address.State,
        PostalCode = address.PostalCode,
        Country = address.Country!,
        Latitude = address.Latitude,
        Longitude = address.Longitude,
    });

    private static CustomerCommit Birth(CustomerRecord sample)
    {
        var unborn = Customer.Unborn(sample.Id);
        var at = new DateTimeOffset(sample.CreatedAt);
        var command = new CustomerCommand.Import(
            sample.Name, sample.Phone, sample.Email, sample.DateOfBirth,
            [.. SampleAddresses.Of(Numbers[sample.Id]).Select(AddressOf)]);
        var events = unborn.Decide(command, at).Events;
        return new CustomerCommit
        {
            Before = unborn,
            After = unborn.After(events, at),
            Events = events,
            CommandId = Guid.NewGuid(),
            ActorId = sample.Id,
            ActorRole = 1,
            At = at,
            Key = DataKey.Create(sample.Id, new CryptographicRandom()),
        };
    }
}
