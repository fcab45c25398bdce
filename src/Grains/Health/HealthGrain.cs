using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Health;
using Orleans.Concurrency;

namespace CustomerGrains.Grains.Health;

[StatelessWorker, GrainType("health")]
public sealed class HealthGrain(DatabaseProbe probe) : Grain, IHealthGrain
{
    public Task<string?> Check() => probe.Check();
}
