using CustomerGrains.GrainInterfaces;
using CustomerGrains.Grains.SignIn;
using CustomerGrains.Storage;
using CustomerGrains.Storage.Contacts;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace CustomerGrains.Grains.Customers;

[StatelessWorker, Reentrant, GrainType("contact-undo")]
internal sealed class ContactUndoGrain(TimeProvider time, ILogger<ContactUndoGrain> log)
    : Grain, IContactUndoGrain
{
    public async Task<Reply> Undo(ContactUndoToken token, Guid commandId)
    {
        if (ChangeSecrets.ReadToken(token.Value) is not { } read)
        {
            return new Reply
            {
                Code = ReplyCode.InvalidMember,
                Errors = [new("token", "Must be a token as it was sent.")],
            };
        }

        // The old contact acts, nobody's access token is behind it.
        var now = time.UtcNowInMilliseconds();
        var caller = new Caller(Guid.Empty, CallerRole.System, now.ToUnixTimeMilliseconds());
        return await Infrastructure.Guard(log, () => GrainFactory
            .GetGrain<ICustomerGrain>(read.CustomerId)
            .UndoContactChange([.. read.Hash.Bytes], new CommandContext(commandId, caller)));
    }
}
