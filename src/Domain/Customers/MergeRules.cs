using System.Collections.Immutable;

namespace CustomerGrains.Domain.Customers;

/// <summary>When two customers may become one.</summary>
public static class MergeRules
{
    private static readonly ContactChannel[] Channels =
        [ContactChannel.Phone, ContactChannel.Email];

    /// <summary>What stands in the way on one side, whichever it is.</summary>
    /// <param name="except">The merge that asks.</param>
    public static ImmutableArray<MergeBlocker> BlockersOf(
        Customer customer, DateTimeOffset now, Guid? except = null)
    {
        var found = ImmutableArray.CreateBuilder<MergeBlocker>();
        if (customer.MergedInto is not null) Add(MergeObstacle.AlreadyMerged);
        else if (!customer.Lives) Add(MergeObstacle.CustomerUnknown);
        if (found.Count > 0) return found.DrainToImmutable();

        if (customer.Merges.Any(m => m.Stage is not MergeStage.Merged && m.MergeId != except))
            Add(MergeObstacle.MergeInProgress);
        if (customer.BarToOrder(now) is { } bar)
        {
            Add(bar.Kind == BarKind.Blocked
                ? MergeObstacle.AccountBlocked
                : MergeObstacle.AccountSuspended);
        }

        if (!customer.ActiveOrders.IsEmpty) Add(MergeObstacle.ActiveOrders);
        if (Channels.Any(c => customer.ChangesOn(c).Pending is { } p && !p.IsExpired(now)))
            Add(MergeObstacle.ChangePending);
        if (Channels.Any(c => customer.ChangesOn(c).IsFrozen(now)))
            Add(MergeObstacle.ChangeFrozen);
        if (customer.Erasure is not null) Add(MergeObstacle.ErasurePending);
        return found.DrainToImmutable();

        void Add(MergeObstacle obstacle) => found.Add(new(obstacle, customer.Id));
    }

    /// <summary>What stands in the way of the survivor, given the redundant.</summary>
    public static ImmutableArray<MergeBlocker> BlockersOf(
        Customer survivor, MergeExport redundant, DateTimeOffset now)
    {
        if (survivor.Id == redundant.CustomerId)
            return [new(MergeObstacle.SameCustomer, survivor.Id)];
        var found = BlockersOf(survivor, now);
        var addresses = survivor.Addresses.Length + redundant.Addresses.Length;
        if (addresses > Limits.AddressesPerCustomerMax)
            found = found.Add(new(MergeObstacle.AddressLimit, survivor.Id));
        return survivor.Merges.Count(m => m.IsOfSurvivor) >= Limits.MergesPerCustomerMax
            ? found.Add(new(MergeObstacle.MergeLimit, survivor.Id))
            : found;
    }

    /// <summary>The channels whose contact a survivor takes over: those where it has none.
    /// </summary>
    public static IEnumerable<ContactChannel> Adoptable(Customer survivor, MergeExport redundant) =>
        Channels.Where(c =>
            survivor.ContactOn(c) is null && redundant.ContactOn(c) is not null);

    /// <summary>What stands in the way of an undo.</summary>
    public static ImmutableArray<MergeBlocker> BlockersOfUndo(
        Customer survivor, MergeRecord merge, MergeExport redundant, DateTimeOffset now)
    {
        var found = BlockersOf(survivor, now);
        return Channels.Any(IsOwnedOtherwise)
            ? found.Add(new(MergeObstacle.ContactInUse, survivor.Id))
            : found;

        bool IsOwnedOtherwise(ContactChannel channel) =>
            !merge.Came.Has(channel)
            && redundant.ContactOn(channel) is { } contact
            && survivor.ContactOn(channel) == contact;
    }

    /// <summary>Whether a command has to wait until a merge that the customer is part of is
    /// further.</summary>
    internal static bool HoldsBack(Customer customer, CustomerCommand command)
    {
        if (customer.Merges.IsEmpty || IsStep(command)) return false;
        foreach (var merge in customer.Merges)
        {
            if (merge.Stage == MergeStage.Frozen) return true;
            // The contacts are about to change; the undo of a change needs them as they were.
            if (merge.Stage == MergeStage.Absorbing && IsAboutContacts(command)) return true;
        }

        return false;
    }

    private static bool IsStep(CustomerCommand command) => command
        is CustomerCommand.FreezeForMerge or CustomerCommand.ThawFromMerge
        or CustomerCommand.AbsorbCustomer or CustomerCommand.MergeAway
        or CustomerCommand.AdoptContacts or CustomerCommand.GiveBack
        or CustomerCommand.Revive;

    private static bool IsAboutContacts(CustomerCommand command) => command
        is CustomerCommand.RequestContactChange or CustomerCommand.ResendContactChange
        or CustomerCommand.VerifyContactChange or CustomerCommand.CancelContactChange
        or CustomerCommand.UndoContactChange;
}
