using Npgsql;

namespace CustomerGrains.Storage.Customers;

/// <summary>The connections of one process, a pool per kind of work, so that a burst of one kind
/// cannot starve another.</summary>
public sealed class CustomerDatabase : IAsyncDisposable
{
    // One plan for every batch length, never planned again; see docs/adr/0002. Every access is by
    // key: the switches keep a plan that was made on an empty or unknown table from scanning it
    // for ever.
    private const string ByKey =
        "-c plan_cache_mode=force_generic_plan -c jit=off -c statement_timeout=5s -c lock_timeout=2s " +
        "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off";

    private const string GeneralSettings = "-c jit=off -c statement_timeout=10s -c lock_timeout=5s";

    public CustomerDatabase(string connectionString, int writers = 2)
    {
        Writers = Build(connectionString, "commit", writers, ByKey);
        Loaders = Build(connectionString, "load", 3, ByKey);
        Searches = Build(connectionString, "search", 4, ByKey);
        General = Build(connectionString, "general", 8, GeneralSettings);
    }

    /// <summary>For the group commit alone.</summary>
    public NpgsqlDataSource Writers { get; }

    /// <summary>For activation loads, two at once, and looks at versions, one.</summary>
    public NpgsqlDataSource Loaders { get; }

    /// <summary>For administrators' searches alone.</summary>
    public NpgsqlDataSource Searches { get; }

    /// <summary>For everything else.</summary>
    public NpgsqlDataSource General { get; }

    public async ValueTask DisposeAsync()
    {
        await Writers.DisposeAsync().ConfigureAwait(false);
        await Loaders.DisposeAsync().ConfigureAwait(false);
        await Searches.DisposeAsync().ConfigureAwait(false);
        await General.DisposeAsync().ConfigureAwait(false);
    }

    private static NpgsqlDataSource Build(
        string connectionString, string use, int connections, string settings) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "customer-grains " + use,
            MaxPoolSize = connections,
            MinPoolSize = Math.Min(connections, 2),
            // No session state is ever set, so there is nothing to reset on return to the pool.
            NoResetOnClose = true,
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            Options = settings,
            Timeout = 3,
            CommandTimeout = 12,
            CancellationTimeout = 1000,
            IncludeErrorDetail = false,
        });
}
