using System.Collections.Immutable;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Merges;
using CustomerGrains.Storage.Access;
using CustomerGrains.Storage.Customers;
using Orleans.Core.Internal;

namespace CustomerGrains.Grains.Customers;

/// <summary>Merges that administrators ask for, and what answers for a customer who lives on in
/// another.</summary>
internal sealed partial class CustomerGrain
{
    private const string MergePurpose = "merge";

    private static readonly string[] MergeFields =
        ["masked_phone", "masked_email", "total_orders_count", "total_spend", "customer_tier"];

    /// <summary>The customer of this id that lives on in another; null when it lives itself, or
    /// never did.</summary>
    private LoadedCustomer? _away;

    private LoadedCustomer? Held => _loaded ?? _away;

    /// <summary>Who answers for this id to staff and machines; null: this grain.</summary>
    private ICustomerGrain? Survivor => _away?.Customer.MergedInto is { } id
        ? GrainFactory.GetGrain<ICustomerGrain>(id)
        : null;

    public async Task<Reply> PreviewMerge(MergeDraft draft, CommandContext context)
    {
        if (Survivor is { } survivor) return await survivor.PreviewMerge(draft, context);
        if (ReasonOf(draft.Reason, out _) is { } bad) return bad;
        if (_loaded is null) return await Nobody(ReplyCode.CustomerNotFound);
        var (blockers, redundant) = await Look(draft.RedundantId);
        await orders.Ask(() => RecordMerge(context.Caller, draft.RedundantId, redundant));
        return Answer(State, MergeAnswers.Preview(
            blockers, State, redundant, orders.Rules.Current.Tiers));
    }

    public async Task<Reply> StartMerge(MergeDraft draft, CommandContext context)
    {
        if (Survivor is { } survivor) return await survivor.StartMerge(draft, context);
        if (ReasonOf(draft.Reason, out var reason) is { } bad) return bad;
        if (_loaded is null) return await Nobody(ReplyCode.CustomerNotFound);
        if (await FindReplay(context) is { } replay) return replay;
        // The same request under the same key is the same merge, also when the answer was lost.
        var id = context.Key is { } key ? new Guid(key.Scope.AsSpan(0, 16)) : context.CommandId;
        var merge = GrainFactory.GetGrain<IMergeGrain>(id);
        if (await merge.Get() is not { } progress)
        {
            var (blockers, _) = await Look(draft.RedundantId);
            if (!blockers.IsEmpty) return await Refuse(Blocked(blockers));
            progress = await merge.Start(
                new MergeOrder(id, State.Id, draft.RedundantId, reason), context.Caller);
        }

        return await Unchanged(context, Answer(State, MergeAnswers.Merge(progress)), Now());
    }

    public async Task<Reply> UndoMerge(MergeUndoDraft draft, CommandContext context)
    {
        if (Survivor is { } survivor) return await survivor.UndoMerge(draft, context);
        if (ReasonOf(draft.Reason, out var reason) is { } bad) return bad;
        if (_loaded is null) return await Nobody(ReplyCode.CustomerNotFound);
        if (await FindReplay(context) is { } replay) return replay;
        var merge = GrainFactory.GetGrain<IMergeGrain>(draft.MergeId);
        if (await merge.Get() is not { } progress || progress.SurvivorId != State.Id)
            return Reply.Refused(ReplyCode.MergeUnknown);
        // Asked once more: it is under way, or done.
        if (!progress.IsUndoing && progress.State != "undone")
        {
            if (progress.State != "merged") return Reply.Refused(ReplyCode.MergeNotDone);
            var (command, _) = await GiveBackOf(
                new MergeOrder(draft.MergeId, State.Id, progress.RedundantId, reason));
            if (command is null) return Reply.Refused(ReplyCode.MergeUnknown);
            if (Decide(command, context, Now()) is { Refusal: not null } decision)
                return await Refuse(Refused(decision));
            progress = await merge.Undo(reason, context.Caller);
        }

        return await Unchanged(context, Answer(State, MergeAnswers.Merge(progress)), Now());
    }

    /// <summary>Who answers for an order of a customer who lives on in another, or did until both
    /// were forgotten; null: this grain.</summary>
    /// <exception cref="TryAgainException">The order came back to a customer who is about to live
    /// again.</exception>
    private async Task<ICustomerGrain?> SurvivorWith(Guid orderId)
    {
        if (_loaded is not null) return null;
        var owner = await orders.Ask(() => orders.Orders.FindOwner(orderId));
        if (_loaded is not null || owner == this.GetPrimaryKey() && _away is null) return null;
        if (owner == this.GetPrimaryKey())
            throw new TryAgainException("The customer is about to live again.");
        return owner is { } id ? GrainFactory.GetGrain<ICustomerGrain>(id) : Survivor;
    }

    /// <summary>Has the activations of those whom the forgotten customer absorbed go, and what
    /// they hold in memory with them. Nothing depends on it: they answer by the survivor.</summary>
    private void ForgetAbsorbed()
    {
        foreach (var merge in State.Merges.Where(m => m.IsOfSurvivor))
        {
            GrainFactory.GetGrain<ICustomerGrain>(merge.OtherId)
                .Cast<IGrainManagementExtension>().DeactivateOnIdle().AsTask().Ignore();
        }
    }

    /// <summary>Everything that stands in the way on both sides.</summary>
    private async Task<(ImmutableArray<MergeBlockerView>, MergeExport?)> Look(Guid redundantId)
    {
        if (redundantId == State.Id)
        {
            var own = MergeExport.Of(State);
            return (MergeAnswers.Blockers(MergeRules.BlockersOf(State, own, Now())), own);
        }

        var reply = await GrainFactory.GetGrain<ICustomerGrain>(redundantId).DescribeForMerge();
        if (reply.Code != ReplyCode.Ok)
        {
            return (
                [
                    .. MergeAnswers.Blockers(MergeRules.BlockersOf(State, Now())),
                    new("customer-unknown", redundantId),
                ],
                null);
        }

        var redundant = MergeAnswers.ReadExport(reply.Body);
        return (
            [
                .. MergeAnswers.Blockers(MergeRules.BlockersOf(State, redundant, Now())),
                .. reply.Blockers,
            ],
            redundant);
    }

    private static Reply Blocked(ImmutableArray<MergeBlockerView> blockers) =>
        new() { Code = ReplyCode.MergeBlocked, Blockers = blockers };

    /// <returns>Null when <paramref name="reason"/> holds it.</returns>
    private static Reply? ReasonOf(string? text, out string? reason)
    {
        var v = new Validation();
        reason = TextRules.Paragraph(v, "reason", text, Limits.ReasonTextLengthMax);
        if (reason is null) v.Refuse("reason", "Is required.");
        return v.IsClean ? null : Invalid(v.Errors);
    }

    private async Task<bool> RecordMerge(
        Caller staff, Guid redundantId, MergeExport? redundant)
    {
        await orders.Accesses.Record(Entry(State.Id));
        if (redundant is not null && redundantId != State.Id)
            await orders.Accesses.Record(Entry(redundantId));
        return true;

        AccessEntry Entry(Guid customer) => new(
            staff.Id, AdminRole, customer, BranchId: null, OrderId: null, MergePurpose,
            MergeFields, Now());
    }
}
