namespace CustomerGrains.Api.Hosting;

internal static class Lifetime
{
    public static void AddStandardInputWatch(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue<bool>("Launcher:WatchStdin"))
            builder.Services.AddHostedService<StandardInputWatch>();
    }

    /// <summary>Runs until SIGTERM, Ctrl-C or the end of standard input; being stopped while still
    /// waiting for the first gateway is as regular as any other stop.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunUntilStopped(this WebApplication app)
    {
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException) when (
            app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await app.DisposeAsync();
        }

        return 0;
    }
}
