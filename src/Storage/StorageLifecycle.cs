using CustomerGrains.Storage.Access;
using CustomerGrains.Storage.Customers;

namespace CustomerGrains.Storage;

/// <summary>Starts with the silo and drains after its last grain has stopped: grains are
/// deactivated at a later stage, and stages stop in reverse.</summary>
internal sealed class StorageLifecycle(CustomerStore store, AccessLog accesses) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(StorageLifecycle),
        ServiceLifecycleStage.ApplicationServices,
        _ => Task.CompletedTask,
        async _ =>
        {
            await store.DisposeAsync();
            await accesses.DisposeAsync();
        });
}
