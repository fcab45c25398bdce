using System.Collections.Immutable;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Courier;

namespace CustomerGrains.Grains.Customers;

/// <summary>What customers ask for about their own data.</summary>
internal sealed partial class CustomerGrain
{
    public async Task<Reply> RequestErasure(CommandContext context)
    {
        if (Refusal(context.Caller) is { } refusal) return await refusal;
        if (await FindReplay(context) is { } replay) return replay;

        var now = Now();
        var decision = Decide(
            new CustomerCommand.RequestErasure(options.ErasureGrace), context, now);
        // Somebody who is forgotten at once is not written to any more.
        ImmutableArray<OutgoingMessage> messages =
            decision.Events is [CustomerEvent.ErasureRequested e]
                ? ContactDesk.ErasureNotices(State, e.RunsAt, now)
                : [];
        return await Conclude(
            context, decision, now, c => PrivacyAnswers.Erasure(c, now), messages);
    }

    public ValueTask<Reply> GetErasure(Caller caller)
    {
        if (Refusal(caller) is { } refusal) return new(refusal);
        return State.Erasure is null
            ? new(Refuse(ReplyCode.ErasureUnknown))
            : new(Answer(State, PrivacyAnswers.Erasure(State, Now())));
    }

    public Task<Reply> CancelErasure(CommandContext context) =>
        Execute(context, new(new CustomerCommand.CancelErasure()), _ => []);

    public Task<Reply> Erase(CommandContext context)
    {
        var parsed = new Parsed(new CustomerCommand.Erase());
        return _loaded is null
            ? NotFound(parsed)
            : Perform(context, parsed, _ => []);
    }

    public Task<Reply> ForgetIfIdle(CommandContext context)
    {
        var parsed = new Parsed(
            new CustomerCommand.ForgetIdleGuest(Now() - options.GuestIdleTime));
        return _loaded is null
            ? NotFound(parsed)
            : Perform(context, parsed, _ => []);
    }

    public async Task<Reply> RequestExport(Guid exportId, CommandContext context)
    {
        if (Refusal(context.Caller) is { } refusal) return await refusal;
        if (await FindReplay(context) is { } replay) return replay;

        var (running, recent) = await Guard(() => exports.Store.FindRecent(State.Id));
        var now = Now();
        var decision = Decide(
            new CustomerCommand.RequestExport(exportId, running, recent), context, now);
        var reply = await Conclude(
            context, decision, now, _ => PrivacyAnswers.Started(running ?? exportId), []);
        if (!decision.Events.IsEmpty) exports.Wake();
        return reply;
    }

    public async Task<Reply> GetExport(Guid exportId, Caller caller)
    {
        if (Refusal(caller) is { } refusal) return await refusal;
        if (_loaded is not { } loaded) return await Refuse(ReplyCode.CustomerUnknown);
        var found = await orders.Ask(() => exports.Store.Find(loaded.Key, exportId));
        // The person may have been forgotten while the database was asked.
        if (Refusal(caller) is { } late) return await late;
        return found is null
            ? Reply.Refused(ReplyCode.ExportUnknown)
            : Answer(State, PrivacyAnswers.Export(exportId, found.State, found.Document));
    }
}
