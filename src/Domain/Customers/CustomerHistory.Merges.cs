using System.Collections.Immutable;
using static CustomerGrains.Domain.Customers.CustomerEvent;

namespace CustomerGrains.Domain.Customers;

public static partial class CustomerHistory
{
    private static ImmutableArray<HistoryChange> OfMerge(CustomerEvent happened) =>
        happened switch
        {
            MergeFrozen e => [new("survivor_id", null, e.SurvivorId)],
            MergeThawed e => [new("survivor_id", e.SurvivorId, null)],
            MergedAway e => [new("merged_into", null, e.SurvivorId)],
            MergeRevived e => [new("merged_into", e.SurvivorId, null)],
            CustomerAbsorbed e =>
            [
                new("redundant_id", null, e.RedundantId),
                new("total_orders_count", null, e.Orders),
                new("total_spend", null, e.Spend),
            ],
            AddressMovedIn e => Of(e.AddressId, isNew: true, null, e.Details),
            AddressMovedOut e => [new("address_id", e.AddressId, null)],
            ContactAdopted e => Changed(FieldOf(e.Channel), null, Masked(e.Channel, e.Contact)),
            MergeCompleted e => [new("redundant_id", e.RedundantId, e.RedundantId)],
            MergeUndone e =>
            [
                new("redundant_id", e.RedundantId, null),
                new("total_orders_count", e.Orders, null),
                new("total_spend", e.Spend, null),
            ],
            ContactGivenBack e => Changed(FieldOf(e.Channel), Masked(e.Channel, e.Contact), null),
            _ => throw new InvalidOperationException($"Unknown event {happened.GetType().Name}."),
        };
}
