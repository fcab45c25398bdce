using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Tests.Customers;

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
}
