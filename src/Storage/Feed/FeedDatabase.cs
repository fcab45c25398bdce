using Npgsql;

namespace CustomerGrains.Storage.Feed;

/// <summary>Connections of the feed and of what consumes it.</summary>
/// <remarks>Commits do not wait for the disk: a position that survives a crash lies after the
/// effects it stands for in the same log, and what does not survive is delivered again. Short
/// transactions matter here more than elsewhere, because the feed's own hold the feed back.
/// </remarks>
public sealed class FeedDatabase : IAsyncDisposable
{
    private const int Connections = 6;

    public FeedDatabase(string connectionString) =>
        Source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "customer-grains feed",
            MaxPoolSize = Connections,
            NoResetOnClose = true,
            MaxAutoPrepare = 32,
            AutoPrepareMinUsages = 2,
            // Plans by index only: a plan made on an empty journal would scan it for ever.
            Options = "-c synchronous_commit=off -c jit=off -c statement_timeout=10s"
                + " -c lock_timeout=5s -c idle_in_transaction_session_timeout=10s"
                + " -c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off"
                + " -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan",
            Timeout = 3,
            CommandTimeout = 12,
            CancellationTimeout = 1000,
            IncludeErrorDetail = false,
        });

    public NpgsqlDataSource Source { get; }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
