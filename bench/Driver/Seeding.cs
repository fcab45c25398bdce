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

    public static async Task<int> Run(string connection, string keys, string customers)
    {
        KeyRing.CreateIfMissing(keys);
        await using var database = new CustomerDatabase(connection);
        await using (var store = new CustomerStore(
            database, KeyRing.Open(keys, TimeProvider.System), new BatcherOptions(), new FeedSignal(),
            TimeProvider.System))
        {
            var count = int.Parse(customers, CultureInfo.InvariantCulture);
            foreach (var chunk in SampleCustomers.Take(count).Chunk(ChunkSize))
            {
                var results = await Task.WhenAll(chunk.Select(c => store.Commit(Birth(c))));
                if (results.Any(result => result is not CommitResult.Committed)) return 1;
            }
        }

        return 0;
    }

    private static CustomerCommit Birth(CustomerRecord sample)
    {
        var unborn = Customer.Unborn(sample.Id);
        var at = new DateTimeOffset(sample.CreatedAt);
        var command = new CustomerCommand.Import(
            sample.Name, sample.Phone, sample.Email, sample.DateOfBirth, []);
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
