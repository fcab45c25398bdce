using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Storage.Tests.Customers;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Sealing;

[Trait("Section", "S6")]
public sealed class KeyRotationTests(PostgresFixture postgres)
{
    /// <summary>Well within what the store lets wait.</summary>
    private const int SignUpsAtOnce = 500;

    private static readonly int Known = Counts.Of("rotated", 5_000, deep: 100_000);

    [Fact]
    public async Task Rotate_UnderLoad_LeavesNothingUnderTheOldKeyAndEverythingReadable()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var before = new List<LoadedCustomer>();
        foreach (var some in Enumerable.Range(0, Known).Chunk(SignUpsAtOnce))
        {
            before.AddRange(await Task.WhenAll(
                some.Select(i => harness.SignUp($"+4915200{i:D6}"))));
        }

        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, 8).Select(w => KeepBusy(harness, before, w, stop.Token)));

        var ring = KeyRing.Open(harness.KeysDirectory, TimeProvider.System);
        var rotation = new KeyRotation(harness.Database.Service, ring, TimeProvider.System);
        var master = await rotation.Rotate(CancellationToken.None);
        await stop.CancelAsync();
        var born = (await load).Sum();

        born.ShouldBeGreaterThan(0, "customers must have been born meanwhile");
        master.ShouldBe(2);
        (await harness.Database.Query<long>(
            "SELECT count(*) FROM customer_data_keys WHERE master_key_id <> 2")).ShouldBe(0);
        (await harness.Database.Query<long>("SELECT count(*) FROM customer_data_keys"))
            .ShouldBe(Known + born);
        foreach (var customer in before)
            (await harness.Load(customer.Customer.Id)).Phone.ShouldBe(customer.Customer.Phone);
        Scoreboard.Add("S6",
            ("rotated", Known), ("born_meanwhile", born), ("old_key", 0), ("unreadable", 0));
    }

    /// <summary>Signs new customers up and reads old ones until told to stop.</summary>
    private static async Task<int> KeepBusy(
        StoreHarness harness, List<LoadedCustomer> known, int worker, CancellationToken stop)
    {
        var born = 0;
        while (!stop.IsCancellationRequested)
        {
            await harness.SignUp($"+49153{worker}{born:D7}");
            var read = known[born * 8 % known.Count].Customer;
            (await harness.Load(read.Id)).Phone.ShouldBe(read.Phone);
            born++;
        }

        return born;
    }
}
