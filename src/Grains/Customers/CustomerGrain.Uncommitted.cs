using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Grains.Customers;

/// <summary>What is answered to a command without a commit of its own, and so without its version
/// fence: refusals, first answers, and that there is nothing to do. See docs/adr/0026.</summary>
internal sealed partial class CustomerGrain
{
    /// <summary>Refuses for a reason that lies in the customer's state, once it is sure that the
    /// state is the newest.</summary>
    /// <exception cref="TryAgainException">It is not.</exception>
    private async Task<Reply> Refuse(Reply refusal)
    {
        var decidedOn = State.Version;
        var newest = await Guard(() => store.FindVersion(this.GetPrimaryKey()));
        return newest == decidedOn ? refusal : throw Outdated();
    }

    private Task<Reply> Refuse(ReplyCode code) => Refuse(Reply.Refused(code));

    private Task<Reply> Nobody(ReplyCode code)
    {
        // Ids of nobody must not fill the memory.
        DeactivateOnIdle();
        return Refuse(code);
    }

    /// <returns>Null when nothing keeps the caller from the customer.</returns>
    private Task<Reply>? Refusal(Caller caller)
    {
        var now = Now();
        var issuedAt = DateTimeOffset.FromUnixTimeMilliseconds(caller.TokenIssuedAt);
        if (State.RefusalOf(issuedAt, now) is not { } refusal) return null;
        if (_loaded is null) return Nobody((ReplyCode)refusal);
        return State.BarToAll(now) is { } bar && bar.Refusal == refusal
            ? Refuse(Refused(bar))
            : Refuse((ReplyCode)refusal);
    }

    private async Task<Reply?> FindReplay(CommandContext context)
    {
        if (context.Key is not { } key || _loaded is null) return null;
        var stored = await Guard(() => store.FindStoredReply(_loaded.Key, key.Scope));
        if (stored is null) return null;
        if (!stored.Fingerprint.AsSpan().SequenceEqual(key.Fingerprint))
            return Reply.Refused(ReplyCode.IdempotencyKeyReused);
        if (stored.Version > State.Version) throw Outdated();

        if (KeptRefusal.IsRefusal((ReplyCode)stored.Code)) return KeptRefusal.Read(stored);
        return new Reply
        {
            Code = (ReplyCode)stored.Code,
            Version = stored.Version,
            Body = stored.Body,
            Replayed = true,
        };
    }

    /// <summary>Nothing to commit; a keyed request's answer is kept all the same.</summary>
    private async Task<Reply> Unchanged(CommandContext context, Reply reply, DateTimeOffset now)
    {
        if (_loaded is not { } loaded || StoredReply(context, reply) is not { } kept)
            return await Refuse(reply);
        return await Guard(() => store.KeepReply(loaded.Key, kept, now)) ? reply : throw Outdated();
    }

    /// <summary>Another activation has written since this one was loaded: whoever is told of it
    /// must not be shown the state before. This one goes.</summary>
    private TryAgainException Outdated()
    {
        DeactivateOnIdle();
        CustomerInstruments.Outdated.Add(1);
        return new TryAgainException("Another activation changed the customer.");
    }
}
