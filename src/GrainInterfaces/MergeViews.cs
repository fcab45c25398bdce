namespace CustomerGrains.GrainInterfaces;

/// <summary>What stands in the way of a merge or its undo.</summary>
/// <param name="Code"><c>same-customer</c>, <c>customer-unknown</c>, <c>already-merged</c>,
/// <c>merge-in-progress</c>, <c>account-blocked</c>, <c>account-suspended</c>,
/// <c>active-orders</c>, <c>change-pending</c>, <c>change-frozen</c>, <c>erasure-pending</c>,
/// <c>address-limit</c>, <c>merge-limit</c> or <c>contact-in-use</c>.</param>
/// <param name="CustomerId">On whose side.</param>
[GenerateSerializer, Immutable, Alias("cg.MergeBlockerView")]
public readonly record struct MergeBlockerView(
    [property: Id(0)] string Code, [property: Id(1)] Guid CustomerId);
