using Microsoft.Extensions.Diagnostics.HealthChecks;
using CustomerGrains.Storage.Health;

namespace CustomerGrains.Silo.Operations;

internal sealed class DatabaseCheck(DatabaseProbe probe) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await probe.Check(cancellationToken) is { } trouble
            ? HealthCheckResult.Unhealthy(trouble)
            : HealthCheckResult.Healthy();
}
