using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Customers;

[Trait("Section", "R5")]
public sealed class LostAnswerTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Commit_WhileConnectionsAreCut_IsAppliedExactlyOnce()
    {
        await using var harness = await StoreHarness.Create(postgres);
        using var stop = new CancellationTokenSource();
        var cuts = harness.CutCommits(TimeSpan.FromMilliseconds(100), stop.Token);
        var customers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => SignUp(harness)));
        var acknowledged = await Task.WhenAll(customers.Select(c => Rename(harness, c, 150)));
        await stop.CancelAsync();

        (await cuts).ShouldBeGreaterThan(10, "the fault must have happened");
        acknowledged.Sum(a => a.Renames).ShouldBeGreaterThan(5_000);
        foreach (var (final, renames) in acknowledged)
        {
            final.Customer.Version.ShouldBe(1 + renames);
            var stored = await harness.Load(final.Customer.Id);
            StoreHarness.Show(stored).ShouldBe(StoreHarness.Show(final.Customer));
            StoreHarness.Show(await harness.Fold(final)).ShouldBe(StoreHarness.Show(stored));
        }
    }

    private static async Task<LoadedCustomer> SignUp(StoreHarness harness)
    {
        while (true)
        {
            try
            {
                return await harness.SignUp();
            }
            catch (CommitUnknownException)
            {
                // The next try takes a new id.
            }
        }
    }

    /// <summary>Renames over and over; stops early when an answer stays unknown.</summary>
    private static async Task<(LoadedCustomer Final, int Renames)> Rename(
        StoreHarness harness, LoadedCustomer customer, int times)
    {
        for (var i = 0; i < times; i++)
        {
            customer = await harness.Commit(
                customer, new CustomerCommand.EditProfile { Name = new($"name {i}") });
        }

        return (customer, times);
    }
}
