using System.Collections.Immutable;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Domain.SignIn;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Contacts;
using CustomerGrains.Storage.Contacts;
using CustomerGrains.Storage.Courier;
using CustomerGrains.Storage.SignIn;
using ContactChannel = CustomerGrains.Domain.Customers.ContactChannel;

namespace CustomerGrains.Grains.Customers;

internal sealed partial class CustomerGrain
{
    public async Task<Reply> RequestContactChange(
        Guid changeId, ContactChangeDraft draft, CommandContext context)
    {
        if (Refusal(context.Caller) is { } refusal) return await refusal;
        if (await FindReplay(context) is { } replay) return replay;
        var parsed = ContactParser.Parse(draft.Channel, draft.NewValue, "new_value");
        if (parsed.Contact is not { } contact)
            return new Reply { Code = ReplyCode.InvalidMember, Errors = [parsed.Error!.Value] };

        var (code, cancel) = (desk.NewCode(changeId), desk.NewToken(State.Id));
        return await Send(
            new CustomerCommand.RequestContactChange(
                changeId, contact.Channel, contact.Value, draft.ConfirmActiveOrder,
                code.Hash, cancel.Hash),
            changeId, contact, code, cancel, context);
    }

    public async Task<Reply> ResendContactChange(Guid changeId, CommandContext context)
    {
        if (Refusal(context.Caller) is { } refusal) return await refusal;
        if (await FindReplay(context) is { } replay) return replay;
        var former = await FindFormer(changeId);
        var code = desk.NewCode(changeId);
        var to = PendingContact(changeId);
        return await Send(
            new CustomerCommand.ResendContactChange(changeId, code.Hash, former),
            changeId, to, code, cancel: null, context);
    }

    public async Task<Reply> VerifyContactChange(ContactProof proof, CommandContext context)
    {
        var (changeId, code) = proof;
        if (Refusal(context.Caller) is { } refusal) return await refusal;
        if (await FindReplay(context) is { } replay) return replay;
        if (!TextRules.IsCode(code)) return Invalid([new("code", "Must be six digits.")]);
        var former = await FindFormer(changeId);
        var channel = State.ChannelOfPending(changeId);
        var pending = channel is { } known ? State.ChangesOn(known).Pending : null;
        var undo = desk.NewToken(State.Id);
        var now = Now();
        var decision = Decide(
            new CustomerCommand.VerifyContactChange(
                changeId, desk.IsCode(pending, changeId, code), undo.Hash, former),
            context, now);
        ImmutableArray<OutgoingMessage> messages =
            decision.Refusal is null && channel is { } changed && OldContact(changed) is { } old
                ? [desk.UndoMessage(State, old, undo, now)]
                : [];
        var reply = await Conclude(context, decision, now, RenderProfile, messages);
        CodeInstruments.Shown(CodePurpose.ProfileUpdate, reply.Code);
        return reply;
    }

    public async Task<Reply> CancelContactChange(Guid changeId, CommandContext context)
    {
        if (Refusal(context.Caller) is { } refusal) return await refusal;
        if (await FindReplay(context) is { } replay) return replay;
        var former = await FindFormer(changeId);
        var now = Now();
        var decision = Decide(
            new CustomerCommand.CancelContactChange(changeId, former), context, now);
        return await Conclude(context, decision, now, _ => [], []);
    }

    public async Task<Reply> UndoContactChange(byte[] tokenHash, CommandContext context)
    {
        var token = new SecretHash([.. tokenHash]);
        var now = Now();
        var decision = Decide(new CustomerCommand.UndoContactChange(token), context, now);
        var reply = await Conclude(context, decision, now, c => Views.Undo(c, token), []);
        // Ids of nobody must not fill the memory.
        if (_loaded is null) DeactivateOnIdle();
        // The contact is kept as long as it can be undone; by another silo's clock it no longer is.
        return reply.Code is ReplyCode.ContactTaken or ReplyCode.ContactReserved
            ? Reply.Refused(ReplyCode.UndoOver)
            : reply;
    }

    /// <summary>A command that sends a code: decided first, then booked with the destination, then
    /// committed together with the message.</summary>
    /// <param name="to">Null only when the command will be refused.</param>
    private async Task<Reply> Send(
        CustomerCommand command,
        Guid changeId,
        Contact? to,
        NewSecret code,
        NewSecret? cancel,
        CommandContext context)
    {
        var now = Now();
        var decision = Decide(command, context, now);
        var booking = default(Booking);
        ImmutableArray<OutgoingMessage> messages = [];
        if (to is not null && !decision.Events.IsEmpty)
        {
            booking = await Guard(() => desk.Book(to));
            if (!booking.IsDone)
            {
                return new Reply
                {
                    Code = ReplyCode.OtpSendLimit,
                    RetryAfter = booking.RoomAt - now,
                };
            }

            messages = [ContactDesk.CodeMessage(State, to, code, now)];
            if (cancel is not null && OldContact(to.Channel) is { } old)
                messages = messages.Add(desk.CancelMessage(State, old, cancel, now));
        }

        return await Conclude(
            context, decision, now, c => Views.Change(c, changeId, booking.RoomAt, now), messages);
    }

    private Contact? OldContact(ContactChannel channel) =>
        State.ContactOn(channel) is { } value ? new Contact(channel, value) : null;

    private Contact? PendingContact(Guid changeId) =>
        State.ChannelOfPending(changeId) is { } channel
            ? new Contact(channel, State.ChangesOn(channel).Pending!.NewValue)
            : null;

    /// <summary>Asks the database only about changes that are not pending.</summary>
    private async Task<FormerChange> FindFormer(Guid changeId) =>
        State.ChannelOfPending(changeId) is null
            ? await Guard(() => store.FindFormerChange(State.Id, changeId))
            : FormerChange.Unknown;
}
