using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage;
using CustomerGrains.Storage.Faults;

namespace CustomerGrains.Grains.Merges;

/// <summary>One step each: asks one customer, and says what comes next.</summary>
internal sealed partial class MergeGrain
{
    private ICustomerGrain Survivor => GrainFactory.GetGrain<ICustomerGrain>(State.SurvivorId);

    private ICustomerGrain Redundant => GrainFactory.GetGrain<ICustomerGrain>(State.RedundantId);

    private Guid Id => this.GetPrimaryKey();

    private MergeOrder Order => new(
        Id,
        State.SurvivorId,
        State.RedundantId,
        State.Reason is { } reason ? keys.OpenForService(Reason, Id, reason) : null);

    private Task<MergeState> Step() => State.Stage switch
    {
        MergeProgressStage.Requested => Freeze(),
        MergeProgressStage.Frozen => Absorb(),
        MergeProgressStage.Thawing => Thaw(),
        MergeProgressStage.Absorbed => TakeAway(),
        MergeProgressStage.Away => Adopt(),
        MergeProgressStage.Undoing => GiveBack(),
        MergeProgressStage.GivenBack => Revive(),
        var stage => throw new InvalidOperationException($"Nothing follows {stage}."),
    };

    private async Task<MergeState> Freeze()
    {
        var reply = await Redundant.FreezeForMerge(Order, Context());
        return reply.Code == ReplyCode.MergeBlocked
            ? Blocked(MergeProgressStage.Blocked, reply)
            : After(reply, MergeProgressStage.Frozen);
    }

    private async Task<MergeState> Absorb()
    {
        var export = await Export();
        var reply = await Survivor.Absorb(Order, export, Context());
        return reply.Code == ReplyCode.MergeBlocked
            ? Blocked(MergeProgressStage.Thawing, reply)
            : After(reply, MergeProgressStage.Absorbed);
    }

    /// <summary>The survivor may have absorbed it after all, asked by an activation of this grain
    /// that outlived its time: then the merge goes on.</summary>
    private async Task<MergeState> Thaw()
    {
        var reply = await Redundant.ThawFromMerge(Id, Context());
        return reply.Code == ReplyCode.MergeOutOfStep
            ? State with { Stage = MergeProgressStage.Absorbed, Blockers = [] }
            : After(reply, MergeProgressStage.Blocked);
    }

    private async Task<MergeState> TakeAway()
    {
        FaultPoints.Pass(FaultPoints.MergeAbsorbed);
        return After(await Redundant.MergeAway(Id, Context()), MergeProgressStage.Away);
    }

    private async Task<MergeState> Adopt()
    {
        var export = await Export();
        var reply = await Survivor.AdoptContacts(Id, export, Context());
        // Kept for longer than the undo takes; after that somebody else may have proved them.
        if (reply.Code is ReplyCode.ContactTaken or ReplyCode.ContactReserved)
            reply = await Survivor.AdoptContacts(Id, export: null, Context());
        return After(reply, MergeProgressStage.Merged);
    }

    /// <summary>Whoever was forgotten meanwhile took the other along: nothing is left to give.
    /// </summary>
    private async Task<MergeState> GiveBack()
    {
        var reply = await Survivor.GiveBack(Order, Context());
        if (reply.Code == ReplyCode.MergeUnknown)
        {
            return State with
            {
                Stage = MergeProgressStage.Merged,
                Reason = null,
                Blockers = [new("customer-unknown", State.SurvivorId)],
            };
        }

        return reply.Code is ReplyCode.MergeBlocked or ReplyCode.UndoOver
            ? Blocked(MergeProgressStage.Merged, reply)
            : After(reply, MergeProgressStage.GivenBack);
    }

    private async Task<MergeState> Revive() => After(
        await Redundant.Revive(Id, Context()), MergeProgressStage.Undone);

    private async Task<byte[]> Export()
    {
        var reply = await Redundant.ExportForMerge(Id);
        return reply.Code == ReplyCode.Ok ? reply.Body : throw Unexpected(reply);
    }

    private MergeState After(Reply reply, MergeProgressStage next) =>
        reply.Code == ReplyCode.Ok
            ? State with { Stage = next, Reason = IsLast(next) ? null : State.Reason }
            : throw Unexpected(reply);

    private MergeState Blocked(MergeProgressStage next, Reply reply) => State with
    {
        Stage = next,
        Reason = IsLast(next) ? null : State.Reason,
        Blockers = [.. reply.Blockers.Select(b => new StoredBlocker(b.Code, b.CustomerId))],
    };

    private static bool IsLast(MergeProgressStage stage) => stage
        is MergeProgressStage.Merged or MergeProgressStage.Blocked or MergeProgressStage.Undone;

    private static TryAgainException Unexpected(Reply reply) =>
        new($"A step of a merge was answered with {reply.Code}.");

    private CommandContext Context()
    {
        var now = time.UtcNowInMilliseconds();
        return new CommandContext(
            Guid.CreateVersion7(now),
            new Caller(State.By, State.ByRole, now.ToUnixTimeMilliseconds()));
    }
}
