using Npgsql;

namespace CustomerGrains.Storage.Branches;

/// <summary>The connections that read for branches: a pool and a login of their own. Whoever takes
/// such a connection over can become <c>utb</c> and nothing else, sees no row without a pass, and
/// with the pass of one branch nothing of another.</summary>
public sealed class BranchDatabase(string connectionString) : IAsyncDisposable
{
    private const string Settings = "-c jit=off -c statement_timeout=5s -c lock_timeout=2s";

    public NpgsqlDataSource Connections { get; } = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "customer-grains branch",
            MaxPoolSize = 8,
            // Connections are reset on their return, although nothing outlives a transaction.
            NoResetOnClose = false,
            MaxAutoPrepare = 16,
            AutoPrepareMinUsages = 2,
            Options = Settings,
            Timeout = 3,
            CommandTimeout = 8,
            IncludeErrorDetail = false,
        });

    public ValueTask DisposeAsync() => Connections.DisposeAsync();
}
