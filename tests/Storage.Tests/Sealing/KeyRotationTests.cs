using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;
using CustomerGrains.Storage.Tests.Customers;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Sealing;

public sealed class KeyRotationTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Rotate_UnderLoad_LeavesNothingUnderTheOldKeyAndEverythingReadable()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var before = await Task.WhenAll(
            Enumerable.Range(0, 500).Select(i => harness.SignUp($"+4915200{i:D6}")));
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
            .ShouldBe(500 + born);
        foreach (var customer in before)
            (await harness.Load(customer.Customer.Id)).Phone.ShouldBe(customer.Customer.Phone);
    }

    /// <summary>Signs new customers up and reads old ones until told to stop.</summary>
    private static async Task<int> KeepBusy(
        StoreHarness harness, LoadedCustomer[] known, int worker, CancellationToken stop)
    {
        var born = 0;
        while (!stop.IsCancellationRequested)
        {
            await harness.SignUp($"+49153{worker}{born:D7}");
            var read = known[born * 8 % known.Length].Customer;
            (await harness.Load(read.Id)).Phone.ShouldBe(read.Phone);
            born++;
        }

        return born;
    }
}
