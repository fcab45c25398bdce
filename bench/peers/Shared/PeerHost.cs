using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerGrains.Bench.Shared;

/// <summary>What all peers have in common.</summary>
public static class PeerHost
{
    public static WebApplicationBuilder Create(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        // As in the service: nothing per request.
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.AddBearer();
        builder.Services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ProfileJson.Default));
        return builder;
    }

    public static WebApplication BuildPeer(this WebApplicationBuilder builder)
    {
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        return app;
    }

    /// <summary>Serves until stopped; says <c>ready</c> once the customers are there.</summary>
    public static async Task Serve(this WebApplication app, Func<Task> fill)
    {
        await app.StartAsync();
        await fill();
        Console.WriteLine("ready");
        await app.WaitForShutdownAsync();
    }
}
