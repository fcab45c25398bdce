using System.Collections.Immutable;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.Merges;
using CustomerGrains.Storage.Customers;

namespace CustomerGrains.Grains.Customers;

internal sealed partial class CustomerGrain
{
    private static Reply Answer(
        Customer customer, byte[] body, ReplyCode done = ReplyCode.Ok) =>
        new() { Code = done, Version = customer.Version, Body = body };

    private static Reply Refused(Decision decision) =>
        decision.Refusal == Domain.Refusal.InvalidMember
            ? Invalid(decision.Errors)
            : new Reply
            {
                Code = (ReplyCode)decision.Refusal!,
                AttemptsLeft = decision.AttemptsLeft,
                RetryAfter = decision.RetryAfter,
                ActiveOrders = decision.ActiveOrders.IsDefault ? [] : decision.ActiveOrders,
                PublicReason = decision.PublicReason,
                Blockers = MergeAnswers.Blockers(decision.Blockers),
            };

    private static Reply Refused(Bar bar) =>
        new() { Code = (ReplyCode)bar.Refusal, PublicReason = bar.PublicReason };

    private static Reply Invalid(ImmutableArray<InvalidMember> errors) => new()
    {
        Code = ReplyCode.InvalidMember,
        Errors = [.. errors.Select(e => new MemberError(e.Member, e.Message))],
    };

    private static StoredReply? StoredReply(CommandContext context, Reply reply) =>
        context.Key is not { } key
            ? null
            : new StoredReply(
                key.Scope,
                key.Fingerprint,
                (short)reply.Code,
                reply.Version,
                KeptRefusal.IsRefusal(reply.Code)
                    ? KeptRefusal.Write(reply, context.TraceId)
                    : reply.Body);
}
