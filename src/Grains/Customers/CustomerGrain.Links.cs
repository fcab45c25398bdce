using System.Collections.Immutable;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Domain.SignIn;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Contacts;
using CustomerGrains.Grains.Merges;
using CustomerGrains.Storage.Links;
using CustomerGrains.Storage.SignIn;
using ContactChannel = CustomerGrains.Domain.Customers.ContactChannel;

namespace CustomerGrains.Grains.Customers;

/// <summary>A customer's own wish to become one with another account, proved by two codes. See
/// docs/adr/0019.</summary>
internal sealed partial class CustomerGrain
{
    public async Task<Reply> StartLink(Guid linkId, LinkDraft draft, CommandContext context)
    {
        if (Refusal(context.Caller) is { } refusal) return await refusal;
        if (await FindReplay(context) is { } replay) return replay;
        var parsed = ContactParser.Parse(draft.Channel, draft.Contact, "contact");
        if (parsed.Contact is not { } other)
            return new Reply { Code = ReplyCode.InvalidMember, Errors = [parsed.Error!.Value] };
        if (State.ContactOn(other.Channel) == other.Value)
            return await Refuse(ReplyCode.ContactUnchanged);
        var own = OwnProved(other.Channel);
        if (Exhausted(own is null ? [other.Channel] : [own.Channel, other.Channel]) is { } spent)
            return await Refuse(spent);

        var now = Now();
        var answer = Answer(
            State, MergeAnswers.LinkStart(linkId, now + SignInLimits.CodeLifetime));
        var wish = new LinkWish(
            linkId, _loaded!.Key, own, other, State.Profile.PreferredLanguage, now);
        return await Guard(() => desk.StartLink(wish, StoredReply(context, answer))) switch
        {
            SendVerdict.CoolingDown v => Waiting(ReplyCode.OtpCooldown, v.RetryAfter),
            SendVerdict.LimitReached v => Waiting(ReplyCode.OtpSendLimit, v.RetryAfter),
            _ => answer,
        };
    }

    public async Task<Reply> VerifyLink(LinkProof proof, CommandContext context)
    {
        if (Refusal(context.Caller) is { } refusal) return await refusal;
        if (await FindReplay(context) is { } replay) return replay;
        if (Flaws(proof) is { IsEmpty: false } flaws) return Invalid(flaws);
        if (await Guard(() => desk.FindLink(proof.LinkId, State.Id)) is not { } link)
            return Reply.Refused(ReplyCode.OtpUnknown);
        var merge = GrainFactory.GetGrain<IMergeGrain>(proof.LinkId);
        if (await merge.Get() is { } begun) return await AnswerAgain(begun, context);
        if (Exhausted(link.Channels) is { } spent) return await Refuse(spent);

        return await Guard(() => desk.ProveLink(proof.LinkId, State.Id, proof.OwnCode, proof.OtherCode!))
            switch
        {
            LinkOutcome.Unknown => Reply.Refused(ReplyCode.OtpUnknown),
            LinkOutcome.Used => Reply.Refused(ReplyCode.OtpUsed),
            LinkOutcome.Expired => Reply.Refused(ReplyCode.OtpExpired),
            LinkOutcome.Exhausted => Reply.Refused(ReplyCode.OtpAttemptsExhausted),
            LinkOutcome.Wrong wrong => await CountFailure(proof.LinkId, wrong, context),
            LinkOutcome.Proved proved => await Merge(merge, proof.LinkId, proved, context),
            var other => throw new InvalidOperationException(other.GetType().Name),
        };
    }

    public async Task<Reply> GetLink(Guid linkId, Caller caller)
    {
        if (Refusal(caller) is { } refusal) return await refusal;
        if (await GrainFactory.GetGrain<IMergeGrain>(linkId).Get() is { } progress)
        {
            return progress.SurvivorId == State.Id
                ? Answer(State, MergeAnswers.Link(progress))
                : Reply.Refused(ReplyCode.MergeUnknown);
        }

        return await orders.Ask(() => desk.FindLink(linkId, State.Id)) is null
            ? Reply.Refused(ReplyCode.MergeUnknown)
            : Answer(State, MergeAnswers.PendingLink(linkId));
    }

    private async Task<Reply> CountFailure(
        Guid linkId, LinkOutcome.Wrong wrong, CommandContext context)
    {
        var now = Now();
        var command = new CustomerCommand.CountLinkFailure(
            linkId, wrong.Channels, wrong.AttemptsLeft);
        return await Conclude(context, Decide(command, context, now), now, _ => [], []);
    }

    /// <summary>From here on the process goes on by itself. Whether anybody owns the contact may
    /// be told: it was proved.</summary>
    private async Task<Reply> Merge(
        IMergeGrain merge, Guid linkId, LinkOutcome.Proved proved, CommandContext context)
    {
        var owner = await Guard(() => desk.OwnerOf(proved.Other)) ?? Guid.Empty;
        var progress = await merge.Start(
            new MergeOrder(linkId, State.Id, owner, Reason: null, context.Key), context.Caller);
        return await Unchanged(context, Answer(State, MergeAnswers.Link(progress)), Now());
    }

    /// <summary>The codes are used. The very request that used them, repeated under its key, is
    /// told what became of it: its answer may have been lost before it was kept.</summary>
    private async Task<Reply> AnswerAgain(MergeProgress begun, CommandContext context)
    {
        if (context.Key is not { } key || begun.Key is not { } first
            || !first.Scope.AsSpan().SequenceEqual(key.Scope))
            return Reply.Refused(ReplyCode.OtpUsed);
        return first.Fingerprint.AsSpan().SequenceEqual(key.Fingerprint)
            ? await Unchanged(context, Answer(State, MergeAnswers.Link(begun)), Now())
            : Reply.Refused(ReplyCode.IdempotencyKeyReused);
    }

    /// <summary>A proved contact, rather of the channel that the link does not use; null for a
    /// guest.</summary>
    private Contact? OwnProved(ContactChannel other)
    {
        var phone = State is { PhoneVerified: true, Phone: { } p }
            ? new Contact(ContactChannel.Phone, p)
            : null;
        var email = State is { EmailVerified: true, Email: { } e }
            ? new Contact(ContactChannel.Email, e)
            : null;
        return other == ContactChannel.Phone ? email ?? phone : phone ?? email;
    }

    /// <returns>Null when another wrong code may be shown on each of the channels.</returns>
    private Reply? Exhausted(ImmutableArray<ContactChannel> channels)
    {
        var now = Now();
        foreach (var channel in channels)
        {
            var changes = State.ChangesOn(channel);
            if (changes.TriesLeft(now) <= 0)
                return Waiting(ReplyCode.FailureBudgetSpent, changes.NextTryAt - now);
        }

        return null;
    }

    private static Reply Waiting(ReplyCode code, TimeSpan retryAfter) =>
        new() { Code = code, RetryAfter = retryAfter };

    private static ImmutableArray<InvalidMember> Flaws(LinkProof proof)
    {
        var v = new Validation();
        if (proof.OwnCode is { } own && !TextRules.IsCode(own))
            v.Refuse("own_code", "Must be six digits.");
        if (proof.OtherCode is not { } other || !TextRules.IsCode(other))
            v.Refuse("other_code", "Must be six digits.");
        return v.Errors;
    }
}
