using Microsoft.Extensions.Logging.Console;

namespace CustomerGrains.Silo.Lifetime;

internal static class LifetimeHosting
{
    /// <summary>Covers the drain of every activation and of the write queue.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    public static void StopGracefully(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = ShutdownTimeout);
        if (builder.Configuration.GetValue<bool>("Launcher:WatchStdin"))
            builder.Services.AddHostedService<EndOfInputWatcher>();
    }

    /// <summary>One JSON object per line on standard output. Scopes are left out: they would carry
    /// request paths. When nobody reads, lines are lost and counted; customers do not wait.</summary>
    public static void LogAsJson(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(o =>
        {
            o.IncludeScopes = false;
            o.UseUtcTimestamp = true;
            o.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        });
        builder.Services.Configure<ConsoleLoggerOptions>(
            o => o.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // Its scopes and activities, which nobody reads here, are a tenth of what a request
        // allocates. A configured tracer still gets its activities.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.Logging.AddFilter("Polly", LogLevel.Warning); // a line per placement
    }
}
