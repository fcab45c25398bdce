using System.Collections.Immutable;

namespace CustomerGrains.GrainInterfaces;

/// <summary>Answers whether a silo is reachable and can reach the database. Any key will do; one's
/// way leads always through the same gateway.</summary>
[Alias("cg.IHealthGrain")]
public interface IHealthGrain : IGrainWithIntegerKey
{
    /// <summary>Null when all is well, else a short reason without personal data.</summary>
    [Alias("Check")]
    Task<string?> Check();

    /// <summary>Gateways of the silos that are members now, <c>address:port</c>.</summary>
    /// <exception cref="TryAgainException">The members could not be read.</exception>
    [ResponseTimeout("00:00:02"), Alias("GetGateways")]
    Task<ImmutableArray<string>> GetGateways();
}
