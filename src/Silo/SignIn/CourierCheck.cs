using CustomerGrains.Storage.Courier;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace CustomerGrains.Silo.SignIn;

/// <summary>Degraded, which still is ready, when messages are not carried: everything but sign-in
/// and contact changes works.</summary>
internal sealed class CourierCheck(CourierWorker courier, CourierBacklog backlog) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!courier.HasSender)
            return HealthCheckResult.Degraded("No message sender is configured.");
        try
        {
            var late = await backlog.CountLate(cancellationToken);
            return late == 0
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded($"{late} messages are late.");
        }
        catch (NpgsqlException)
        {
            return HealthCheckResult.Degraded("The database does not answer.");
        }
    }
}
