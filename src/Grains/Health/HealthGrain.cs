using System.Collections.Immutable;
using System.Data.Common;
using System.Net;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Health;
using Orleans.Concurrency;

namespace CustomerGrains.Grains.Health;

[StatelessWorker, Reentrant, GrainType("health")]
public sealed class HealthGrain(DatabaseProbe probe, IMembershipTable members)
    : Grain, IHealthGrain
{
    public Task<string?> Check() => probe.Check();

    public async Task<ImmutableArray<string>> GetGateways()
    {
        try
        {
            var table = await members.ReadAllAsync(CancellationToken.None);
            return
            [
                .. table.Members.Select(member => member.Item1)
                    .Where(silo => silo is { Status: SiloStatus.Active, ProxyPort: > 0 })
                    .Select(silo => new IPEndPoint(
                        silo.SiloAddress.Endpoint.Address, silo.ProxyPort).ToString()),
            ];
        }
        catch (DbException)
        {
            throw new TryAgainException("The members could not be read.");
        }
    }
}
