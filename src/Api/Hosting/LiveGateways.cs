using System.Net;
using CustomerGrains.Api.Problems;
using CustomerGrains.GrainInterfaces;
using Microsoft.Extensions.Options;
using Orleans.Messaging;

namespace CustomerGrains.Api.Hosting;

/// <summary>Which of the configured gateways are used: those whose silos the cluster counts as
/// members. A silo that hangs keeps its connections open, and without this every customer whose
/// calls go through it would wait for it until it ends.</summary>
/// <param name="services">The client is made from this and cannot be there yet.</param>
internal sealed partial class LiveGateways(
    IServiceProvider services, SiloLosses losses, IOptions<GrainClientOptions> options,
    IHostApplicationLifetime lifetime, TimeProvider time, ILogger<LiveGateways> log)
    : BackgroundService, IGatewayListProvider
{
    /// <summary>Keys of the grain that is asked. Calls for one key keep to one gateway, so that
    /// only among some is one whose gateway answers.</summary>
    private const int Keys = 8;

    private readonly IPEndPoint[] _configured = options.Value.ParseGateways() ?? [];
    private volatile IPEndPoint[] _live = options.Value.ParseGateways() ?? [];

    public TimeSpan MaxStaleness => options.Value.GatewayRefreshPeriod;

    public bool IsUpdatable => true;

    public Task InitializeGatewayListProvider() => Task.CompletedTask;

    public Task<IList<Uri>> GetGateways() => Task.FromResult<IList<Uri>>(
        [.. _live.Select(gateway => new Uri($"gwy.tcp://{gateway}/0"))]);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_configured.Length < 2) return; // nothing to choose from
        var started = new TaskCompletionSource();
        await using var registered = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(options.Value.GatewayRefreshPeriod, time);
        for (var turn = 0; await timer.WaitForNextTickAsync(stoppingToken); turn++)
            await Look(turn % Keys);
    }

    private async Task Look(int key)
    {
        try
        {
            var members = await services.GetRequiredService<IGrainFactory>()
                .GetGrain<IHealthGrain>(key).GetGateways();
            var live = _configured.Where(g => members.Contains(g.ToString())).ToArray();
            Use(live.Length > 0 ? live : _configured);
        }
        catch (TryAgainException)
        {
            // The gateway answers; who else is a member is not known just now.
        }
        catch (Exception e) when (Failures.MayPass(e) || e is OrleansException)
        {
            // Rather one that may hang than none: the one that is left may have gone as well.
            Use(_configured);
        }
    }

    private void Use(IPEndPoint[] gateways)
    {
        if (gateways.Length != _live.Length) Changed(gateways.Length, _configured.Length);
        var gone = _live.Except(gateways).Any();
        _live = gateways;
        if (gone) losses.Report();
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "{Live} of {Configured} gateways are used now.")]
    private partial void Changed(int live, int configured);
}
