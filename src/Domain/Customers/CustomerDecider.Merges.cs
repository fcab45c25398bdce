using System.Collections.Immutable;
using static CustomerGrains.Domain.Customers.CustomerCommand;
using static CustomerGrains.Domain.Customers.CustomerEvent;

namespace CustomerGrains.Domain.Customers;

/// <remarks>Every step is recognised by the merge's id: taken twice, it does nothing the second
/// time. See docs/adr/0018.</remarks>
public static partial class CustomerDecider
{
    private static readonly TimeSpan UsualMerge = TimeSpan.FromSeconds(2);

    private static Decision Merging => Decision.Refuse(Refusal.AccountMerging, UsualMerge);

    private static Decision Freeze(Customer customer, FreezeForMerge command, DateTimeOffset now)
    {
        if (customer.FindMerge(command.MergeId) is not null) return Decision.Nothing;
        if (customer.Id == command.SurvivorId)
            return Decision.Block(new MergeBlocker(MergeObstacle.SameCustomer, customer.Id));
        if (MergeRules.BlockersOf(customer, now) is { IsEmpty: false } blockers)
            return Decision.Block(blockers);

        return Decision.Record(
            new MergeFrozen(command.MergeId, command.SurvivorId, command.Reason));
    }

    private static Decision Thaw(Customer customer, ThawFromMerge command)
    {
        if (customer.FindMerge(command.MergeId) is not { } merge) return Decision.Nothing;
        return merge.Stage == MergeStage.Frozen
            ? Decision.Record(new MergeThawed(merge.MergeId, merge.OtherId))
            : Decision.Refuse(Refusal.MergeOutOfStep);
    }

    private static Decision Absorb(
        Customer customer, AbsorbCustomer command, DateTimeOffset now)
    {
        if (customer.FindMerge(command.MergeId) is not null) return Decision.Nothing;
        if (!customer.Lives) return Decision.Block(MergeRules.BlockersOf(customer, now));
        var redundant = command.Redundant;
        if (MergeRules.BlockersOf(customer, redundant, now) is { IsEmpty: false } blockers)
            return Decision.Block(blockers);

        var profile = customer.Profile;
        var spend = Math.Min(profile.TotalSpend + redundant.Spend, Limits.TotalSpendMax);
        var events = ImmutableArray.CreateBuilder<CustomerEvent>();
        events.Add(new CustomerAbsorbed(
            command.MergeId,
            redundant.CustomerId,
            redundant.Orders,
            spend - profile.TotalSpend,
            redundant.DefaultAddressId,
            command.Reason,
            redundant.LastDeliveredAt,
            RisksOf(customer, redundant),
            redundant.UnderageOrderOn));
        AddArrivals(events, command.MergeId, redundant.Addresses);
        if (customer.DefaultAddressId is null && redundant.DefaultAddressId is { } home)
            events.Add(new DefaultAddressChanged(null, home, Chosen: false));
        foreach (var reward in redundant.Rewards)
        {
            if (!customer.Standing.Has(reward.Code))
                events.Add(new RewardCarriedOver(reward.Code, reward.GrantedAt));
        }

        var rules = command.Rules.Tiers;
        var tier = rules.Of(profile.TotalOrders + redundant.Orders, spend);
        if (tier > profile.Tier)
            events.Add(new TierChanged(profile.Tier, tier, rules.Version));
        return Decision.Record(events.DrainToImmutable());
    }

    /// <summary>What the counts rise by; null when they do not.</summary>
    private static RiskCounts? RisksOf(Customer customer, MergeExport redundant)
    {
        var own = customer.Standing.Risks;
        var came = own.Plus(RiskCounts.From(redundant.Risks)).Minus(own);
        return came == RiskCounts.None ? null : came;
    }

    private static Decision MergeAway(Customer customer, MergeAway command)
    {
        if (customer.FindMerge(command.MergeId) is not { } merge)
            return Decision.Refuse(Refusal.MergeOutOfStep);
        return merge.Stage == MergeStage.Frozen
            ? Decision.Record(new MergedAway(merge.MergeId, merge.OtherId))
            : Decision.Nothing;
    }

    private static Decision Adopt(Customer customer, AdoptContacts command)
    {
        if (customer.FindMerge(command.MergeId) is not { } merge)
            return Decision.Refuse(Refusal.MergeOutOfStep);
        if (merge.Stage == MergeStage.Merged) return Decision.Nothing;

        var events = ImmutableArray.CreateBuilder<CustomerEvent>();
        if (command.Redundant is { } redundant)
        {
            foreach (var channel in MergeRules.Adoptable(customer, redundant))
            {
                events.Add(new ContactAdopted(
                    merge.MergeId,
                    channel,
                    redundant.ContactOn(channel)!,
                    redundant.IsVerifiedOn(channel)));
            }
        }

        if (customer.IsTemporary && events.Count > 0) events.Add(new GuestPromoted());
        events.Add(new MergeCompleted(merge.MergeId, merge.OtherId));
        return Decision.Record(events.DrainToImmutable());
    }

    private static Decision GiveBack(Customer customer, GiveBack command, DateTimeOffset now)
    {
        if (customer.FindMerge(command.MergeId) is not { } merge) return Decision.Nothing;
        if (merge.Stage != MergeStage.Merged) return Decision.Refuse(Refusal.MergeNotDone);
        if (now >= merge.At + Limits.MergeUndoWindow) return Decision.Refuse(Refusal.UndoOver);
        var redundant = command.Redundant;
        if (MergeRules.BlockersOfUndo(customer, merge, redundant, now)
            is { IsEmpty: false } blockers)
            return Decision.Block(blockers);

        var contacts = Returning(customer, merge, redundant);
        var events = ImmutableArray.CreateBuilder<CustomerEvent>();
        events.Add(new MergeUndone(
            merge.MergeId,
            merge.OtherId,
            merge.Came.Orders,
            merge.Came.Spend,
            merge.Came.WasTemporary && Keeps(customer, contacts) == 0,
            command.Reason,
            merge.Came.Risks.Plus(RiskSign.Merges)));
        foreach (var contact in contacts)
            events.Add(new ContactGivenBack(merge.MergeId, contact, customer.ContactOn(contact)!));
        AddDepartures(events, customer, merge);
        var left = customer.Profile;
        var rules = command.Rules.Tiers;
        var earned = rules.Of(
            left.TotalOrders - merge.Came.Orders, left.TotalSpend - merge.Came.Spend);
        var tier = earned > merge.Came.TierBefore ? earned : merge.Came.TierBefore;
        if (tier < left.Tier) events.Add(new TierChanged(left.Tier, tier, rules.Version));
        return Decision.Record(events.DrainToImmutable());
    }

    private static Decision Revive(Customer customer, Revive command)
    {
        if (customer.FindMerge(command.MergeId) is not { Stage: MergeStage.Away } merge)
            return Decision.Nothing;

        var events = ImmutableArray.CreateBuilder<CustomerEvent>();
        events.Add(new MergeRevived(merge.MergeId, merge.OtherId));
        AddArrivals(events, merge.MergeId, command.Addresses);
        if (command.DefaultAddressId is { } home)
            events.Add(new DefaultAddressChanged(null, home, Chosen: false));
        return Decision.Record(events.DrainToImmutable());
    }

    private static Decision CountLinkFailure(
        Customer customer, CountLinkFailure command, DateTimeOffset now)
    {
        if (!customer.Lives) return Decision.Refuse(Refusal.CustomerUnknown);
        var left = command.Channels
            .Select(c => customer.ChangesOn(c).TriesLeft(now) - 1)
            .Append(command.AttemptsLeft)
            .Min();
        return Decision.RecordAndRefuse(
            [.. command.Channels.Select(c => new LinkCodeFailed(command.LinkId, c))],
            Refusal.OtpWrong,
            left);
    }

    private static void AddArrivals(
        ImmutableArray<CustomerEvent>.Builder events,
        Guid mergeId,
        ImmutableArray<Address> addresses)
    {
        foreach (var a in addresses)
        {
            events.Add(new AddressMovedIn(
                mergeId, a.Id, a.Details, a.CreatedAt, a.UpdatedAt, a.LastUsedAt));
        }
    }

    private static void AddDepartures(
        ImmutableArray<CustomerEvent>.Builder events, Customer customer, MergeRecord merge)
    {
        var leaving = customer.Addresses.RemoveAll(a => !merge.Came.Addresses.Contains(a.Id));
        if (leaving.IsEmpty) return;
        foreach (var address in leaving)
            events.Add(new AddressMovedOut(merge.MergeId, address.Id, address.Details));
        if (leaving.Any(a => a.Id == customer.DefaultAddressId))
        {
            events.Add(new DefaultAddressChanged(
                customer.DefaultAddressId, Successor(customer, leaving)?.Id, Chosen: false));
        }
    }

    /// <summary>Channels whose contact came with the merge and is still there.</summary>
    private static ContactChannel[] Returning(
        Customer customer, MergeRecord merge, MergeExport redundant) =>
        [.. Channels.Where(c => merge.Came.Has(c)
            && customer.ContactOn(c) is { } contact
            && contact == redundant.ContactOn(c))];

    /// <summary>How many contacts are left.</summary>
    private static int Keeps(Customer customer, ContactChannel[] without) =>
        Channels.Count(c => customer.ContactOn(c) is not null && !without.Contains(c));
}
