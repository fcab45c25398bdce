using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Journal;
using CustomerGrains.Storage.Tests.Customers;
using CustomerGrains.Storage.Tests.Feed;

namespace CustomerGrains.Storage.Tests.Merges;

/// <summary>Two customers who became one, by the steps that the process takes.</summary>
internal sealed record MergedPair(LoadedCustomer Survivor, LoadedCustomer Redundant, Guid MergeId)
{
    public static async Task<MergedPair> Merge(
        StoreHarness harness, LoadedCustomer survivor, LoadedCustomer redundant)
    {
        var id = Guid.CreateVersion7();
        redundant = await harness.Commit(redundant, new CustomerCommand.FreezeForMerge(
            id, survivor.Customer.Id, "One person."));
        var export = MergeExport.Of(redundant.Customer);
        survivor = await harness.Commit(
            survivor, new CustomerCommand.AbsorbCustomer(id, export, "One person."));
        redundant = await harness.Commit(redundant, new CustomerCommand.MergeAway(id));
        survivor = await harness.Commit(survivor, new CustomerCommand.AdoptContacts(id, export));
        return new MergedPair(survivor, redundant, id);
    }

    /// <summary>Two with partitions of their own; the redundant was active in an app.</summary>
    public static async Task<MergedPair> Active(FeedHarness world)
    {
        var at = StoreHarness.Now();
        // Chosen before they are born: nobody else lives in this world.
        var (first, second) = (StoreHarness.Unborn(), StoreHarness.Unborn());
        while (PartitionOf(first) == PartitionOf(second)) second = StoreHarness.Unborn();
        var survivor = await world.Store.Commit(first, new CustomerCommand.CreateGuest());
        var redundant = await world.Store.Commit(second, new CustomerCommand.CreateGuest());
        var active = await world.Store.Commit(
            redundant,
            new CustomerCommand.RecordActivity(
            [
                new(ActivityKind.SessionStarted, "s1", at),
                new(ActivityKind.SessionEnded, "s1", at),
            ]));
        return await Merge(world.Store, survivor, active);

        static short PartitionOf(LoadedCustomer unborn) =>
            JournalPartition.Of(unborn.Customer.Id);
    }
}
