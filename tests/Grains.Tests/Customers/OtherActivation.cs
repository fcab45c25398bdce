using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Customers;
using Shouldly;

namespace CustomerGrains.Grains.Tests.Customers;

/// <summary>An activation of a silo that was given up: what it commits, the present one does not
/// know.</summary>
internal static class OtherActivation
{
    public static async Task Commits(
        ContactChangeWorld world, Guid id, CustomerCommand command, StoredReply? reply = null)
    {
        var store = world.Silo.Service<CustomerStore>();
        var loaded = (await store.Load(id))!;
        var now = world.Silo.Time.GetUtcNow();
        var events = loaded.Customer.Decide(command, now).Events;
        (await store.Commit(new CustomerCommit
        {
            Before = loaded.Customer,
            After = loaded.Customer.After(events, now),
            Events = events,
            CommandId = Guid.CreateVersion7(),
            ActorId = id,
            ActorRole = (byte)CallerRole.Customer,
            At = now,
            Key = loaded.Key,
            Reply = reply,
        })).ShouldBe(CommitResult.Committed);
    }
}
