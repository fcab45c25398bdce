using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Customers;

/// <summary>What a customer costs who is in memory and does nothing. Explicit: it wants a process
/// of its own, or what other tests leave behind and clear away would count as well.</summary>
public sealed class MemoryTests(PostgresFixture postgres)
{
    private const int Customers = 4000;

    /// <summary>Bytes; the target of the architecture for one with three addresses.</summary>
    private const int IdleBytesMax = 6 * 1024;

    [Fact(Explicit = true)]
    public async Task IdleCustomer_WithThreeAddresses_StaysWithinItsMemory()
    {
        await using var silo = await TestSilo.Start(postgres);
        var store = silo.Service<CustomerStore>();
        var people = Enumerable.Range(0, Customers).Select(Birth).ToList();
        foreach (var some in people.Chunk(1000))
        {
            (await Task.WhenAll(some.Select(store.Commit)))
                .ShouldAllBe(result => result == CommitResult.Committed);
        }

        var ids = people.Select(p => p.After.Id).ToList();
        people.Clear();
        await Activate(silo, ids[..100]); // What is made once, for all.
        var before = Settled();

        await Activate(silo, ids[100..]);

        var each = (Settled() - before) / (Customers - 100);
        TestContext.Current.TestOutputHelper?.WriteLine($"{each} bytes each");
        each.ShouldBeInRange(500, IdleBytesMax);
    }

    private static long Settled()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static async Task Activate(TestSilo silo, List<Guid> ids)
    {
        foreach (var some in ids.Chunk(500))
        {
            var replies = await Task.WhenAll(some.Select(id => silo.Grains
                .GetGrain<ICustomerGrain>(id)
                .GetProfile(new Caller(id, CallerRole.Customer, long.MaxValue / 100_000)).AsTask()));
            replies.ShouldAllBe(reply => reply.Code == ReplyCode.Ok);
        }
    }

    private static CustomerCommit Birth(int number) => Births.Of(new(
        $"Asha Rao {number}", $"+91980{number:D7}", $"asha.{number}@example.com",
        new DateOnly(1990, 1, 1),
        [.. Enumerable.Range(0, 3).Select(i => Address($"{number} Lake Road {i}"))]));

    private static NewAddress Address(string line) => new(
        Guid.CreateVersion7(),
        new AddressDetails
        {
            Line1 = line,
            City = "Pune",
            PostalCode = "411001",
            Country = "IN",
            Latitude = 18.5204m,
            Longitude = 73.8567m,
        });
}
