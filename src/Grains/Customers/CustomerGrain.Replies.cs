using System.Collections.Immutable;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Customers;

namespace CustomerGrains.Grains.Customers;

internal sealed partial class CustomerGrain
{
    private static Reply Answer(
        Customer customer, byte[] body, ReplyCode done = ReplyCode.Ok) =>
        new() { Code = done, Version = customer.Version, Body = body };

    private static Reply Refused(Refusal refusal, ImmutableArray<InvalidMember> errors) =>
        refusal == Domain.Refusal.InvalidMember
            ? Invalid(errors)
            : Reply.Refused((ReplyCode)refusal);

    private static Reply Invalid(ImmutableArray<InvalidMember> errors) => new()
    {
        Code = ReplyCode.InvalidMember,
        Errors = [.. errors.Select(e => new MemberError(e.Member, e.Message))],
    };

    private Reply WithOrdersInTheWay(Guid addressId, Reply reply) =>
        reply.Code != ReplyCode.AddressInActiveOrder
            ? reply
            : reply with
            {
                ActiveOrders =
                    [.. State.ActiveOrders.Where(o => o.AddressId == addressId).Select(o => o.Id)],
            };

    private static StoredReply? StoredReply(RequestKey? key, Reply reply) => key is null
        ? null
        : new StoredReply(
            key.Scope, key.Fingerprint, (short)reply.Code, reply.Version, reply.Body);
}
