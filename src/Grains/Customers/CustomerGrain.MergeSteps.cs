using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Merges;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Grains.Customers;

/// <summary>The steps of merges, as their process asks for them.</summary>
internal sealed partial class CustomerGrain
{
    public async ValueTask<Reply> DescribeForMerge()
    {
        // The survivor may have been forgotten, and this customer with it.
        if (_away is not null) Hold(await Guard(() => store.Load(this.GetPrimaryKey())));
        if (Held is null) return await Nobody(ReplyCode.CustomerNotFound);
        var description = new Reply
        {
            Code = ReplyCode.Ok,
            Body = MergeAnswers.Export(State),
            Blockers = MergeAnswers.Blockers(MergeRules.BlockersOf(State, Now())),
        };
        return description.Blockers.IsEmpty ? description : await Refuse(description);
    }

    public ValueTask<Reply> ExportForMerge(Guid mergeId) =>
        State.FindMerge(mergeId) is { Stage: MergeStage.Frozen or MergeStage.Away }
            ? new(Answer(State, MergeAnswers.Export(State)))
            : new(Refuse(ReplyCode.MergeOutOfStep));

    public Task<Reply> FreezeForMerge(MergeOrder order, CommandContext context) => Step(
        context,
        new CustomerCommand.FreezeForMerge(order.MergeId, order.SurvivorId, order.Reason));

    public Task<Reply> ThawFromMerge(Guid mergeId, CommandContext context) =>
        Step(context, new CustomerCommand.ThawFromMerge(mergeId));

    public Task<Reply> Absorb(MergeOrder order, byte[] export, CommandContext context) => Step(
        context,
        new CustomerCommand.AbsorbCustomer(
            order.MergeId, MergeAnswers.ReadExport(export), order.Reason));

    public Task<Reply> MergeAway(Guid mergeId, CommandContext context) =>
        Step(context, new CustomerCommand.MergeAway(mergeId));

    public Task<Reply> AdoptContacts(Guid mergeId, byte[]? export, CommandContext context) => Step(
        context,
        new CustomerCommand.AdoptContacts(
            mergeId, export is null ? null : MergeAnswers.ReadExport(export)));

    public async Task<Reply> GiveBack(MergeOrder order, CommandContext context)
    {
        var (command, key) = await GiveBackOf(order);
        return command is null
            ? Reply.Refused(ReplyCode.MergeUnknown)
            : await Step(context, command, key);
    }

    public async Task<Reply> Revive(Guid mergeId, CommandContext context)
    {
        // The addresses came back in the survivor's commit.
        Hold(await Guard(() => store.Load(this.GetPrimaryKey())));
        if (_away is not { } away) return Reply.Refused(
            _loaded is null ? ReplyCode.MergeUnknown : ReplyCode.Ok);
        var (addresses, home) = (away.Customer.Addresses, away.Customer.DefaultAddressId);
        _away = away with
        {
            Customer = away.Customer with { Addresses = [], DefaultAddressId = null },
        };
        return await Step(context, new CustomerCommand.Revive(mergeId, addresses, home));
    }

    /// <summary>With the redundant as it lies in the database; null when it is gone.</summary>
    private async Task<(CustomerCommand?, DataKey?)> GiveBackOf(MergeOrder order)
    {
        var redundant = await Guard(() => store.Load(order.RedundantId));
        return redundant is null
            ? default
            : (new CustomerCommand.GiveBack(
                order.MergeId, MergeExport.Of(redundant.Customer), order.Reason), redundant.Key);
    }

    private async Task<Reply> Step(
        CommandContext context, CustomerCommand command, DataKey? redundantKey = null)
    {
        var now = Now();
        var reply = await Conclude(
            context, Decide(command, context, now), now, _ => [], [], redundantKey: redundantKey);
        // Orders came or went.
        (_ended, _polls) = (null, null);
        if (Held is null) DeactivateOnIdle();
        return reply;
    }

    /// <summary>Keeps what was loaded or committed as what it is: a customer who lives, or one who
    /// lives on in another.</summary>
    private void Hold(LoadedCustomer? customer)
    {
        var isAway = customer?.Customer.MergedInto is not null;
        _loaded = isAway ? null : customer;
        _away = isAway ? customer : null;
        _profile = null;
    }
}
