using CustomerGrains.Storage.Feed;
using CustomerGrains.Storage.Schema;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CustomerGrains.Silo.Database;

/// <summary>Keeps a silo from joining the cluster on a database that does not fit its version or
/// may forget what it acknowledged. Registered before Orleans, so that it runs first.</summary>
internal sealed class SchemaGate(NpgsqlDataSource database, IOptions<SchemaCheckOptions> options)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await new SchemaCheck(database, options.Value).Verify(cancellationToken);
        await new FeedCheck(database).Verify(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
