using CustomerGrains.Storage.Health;
using CustomerGrains.Storage.Schema;
using Npgsql;

namespace CustomerGrains.Silo.Database;

internal static class DatabaseHosting
{
    /// <summary>The data source of membership and reminders. Its own small pool, so that data
    /// traffic cannot starve the writes that keep silos alive and vote dead ones out.</summary>
    public const string ClusterKey = "cluster";

    public const string ConnectionName = "Customers";

    /// <summary>The same database as <c>branch_desk</c>, for reads of branches; optional.</summary>
    public const string BranchConnectionName = "CustomersBranch";

    public static void AddDatabase(this WebApplicationBuilder builder)
    {
        var connectionString = builder.Configuration.GetConnectionString(ConnectionName);
        if (string.IsNullOrWhiteSpace(connectionString))
            throw new InvalidOperationException(
                "Set ConnectionStrings__Customers, or start through the launcher.");

        // By factory, so that the container disposes them after everything that uses them.
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(ForData(connectionString)));
        builder.Services.AddKeyedSingleton(
            ClusterKey, (_, _) => NpgsqlDataSource.Create(ForCluster(connectionString)));
        builder.Services.AddSingleton<DatabaseProbe>();
        builder.Services.AddOptions<SchemaCheckOptions>()
            .Bind(builder.Configuration.GetSection("Database"));
        builder.Services.AddSingleton<ClockProbe>();
        builder.Services.AddHostedService<SchemaGate>();
        builder.Services.AddHostedService<ClockGuard>();
    }

    private static NpgsqlConnectionStringBuilder ForData(string connectionString) =>
        new(connectionString)
        {
            ApplicationName = "customer-grains",
            MaxPoolSize = 32,
            // No session state is ever set, so there is nothing to reset on return to the pool.
            NoResetOnClose = true,
            // Somebody who waits for a locked row gets an answer before the grain call times out.
            Options = "-c jit=off -c statement_timeout=8s -c lock_timeout=5s"
                + " -c idle_in_transaction_session_timeout=10s",
            MaxAutoPrepare = 128,
            AutoPrepareMinUsages = 2,
        };

    private static NpgsqlConnectionStringBuilder ForCluster(string connectionString) =>
        new(connectionString)
        {
            ApplicationName = "customer-grains-cluster",
            MaxPoolSize = 4,
            NoResetOnClose = true,
            Timeout = 3, // seconds to connect
            CommandTimeout = 5, // seconds; a heartbeat that takes longer has missed its purpose
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
        };
}
