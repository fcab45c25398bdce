using Microsoft.Extensions.Options;

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
    /// <returns>The exit code: 1 when a setting makes no sense.</returns>
    public static async Task<int> RunUntilStopped(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await app.DisposeAsync();
            return 0;
        }
        catch (OptionsValidationException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }
}
