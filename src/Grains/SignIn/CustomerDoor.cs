using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage;
using CustomerGrains.Storage.SignIn;

namespace CustomerGrains.Grains.SignIn;

/// <summary>Lets the owner of a proved contact in, as the customer that is there or as a new
/// one.</summary>
internal sealed class CustomerDoor(IGrainFactory grains, ContactOwners owners, TimeProvider time)
{
    /// <summary>Owners may come and go while somebody knocks; more rounds than this mean that
    /// something else is wrong.</summary>
    private const int RoundsMax = 3;

    public async Task<Entered> Enter(Contact contact)
    {
        var proved = new ProvedContact((ContactChannel)contact.Channel, contact.Value);
        for (var round = 0; round < RoundsMax; round++)
        {
            var entered = await owners.Find(contact) is { } owner
                ? await SignIn(owner, proved)
                : await SignUp(proved);
            if (entered.Code is not (ReplyCode.ContactTaken or ReplyCode.CustomerUnknown))
                return entered;
        }

        throw new TryAgainException("The contact changes hands just now.");
    }

    public Task<Entered> EnterAsGuest() => SignUp(null);

    private async Task<Entered> SignIn(Guid customerId, ProvedContact contact)
    {
        var reply = await grains.GetGrain<ICustomerGrain>(customerId).SignIn(contact, Context());
        return new Entered(reply.Code, customerId, Created: false, reply.PublicReason);
    }

    private async Task<Entered> SignUp(ProvedContact? contact)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var reply = await grains.GetGrain<ICustomerGrain>(id).SignUp(contact, Context());
        return new Entered(reply.Code, id, Created: true);
    }

    // The service itself acts; nobody's token is behind it.
    private CommandContext Context()
    {
        var now = time.UtcNowInMilliseconds();
        var caller = new Caller(Guid.Empty, CallerRole.System, now.ToUnixTimeMilliseconds());
        return new CommandContext(Guid.CreateVersion7(now), caller);
    }
}

/// <param name="Code">Ok, or why the customer may not come in.</param>
/// <param name="PublicReason">What a barred customer is told.</param>
internal sealed record Entered(
    ReplyCode Code, Guid CustomerId, bool Created, string? PublicReason = null);
