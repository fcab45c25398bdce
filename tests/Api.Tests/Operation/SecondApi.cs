using System.Diagnostics;
using System.Globalization;
using System.Net;
using CustomerGrains.Api.Tests.Http;
using CustomerGrains.Launcher;
using CustomerGrains.Launcher.Running;
using CustomerGrains.Tests.Support;
using Xunit;

namespace CustomerGrains.Api.Tests.Operation;

/// <summary>Another front end on the same silos, told otherwise than the first.</summary>
internal sealed class SecondApi : IAsyncDisposable
{
    private readonly Process process;

    private SecondApi(Process process, Uri address)
    {
        this.process = process;
        Api = new ApiClient(address);
    }

    public ApiClient Api { get; }

    public int? ExitCode => process.HasExited ? process.ExitCode : null;

    /// <summary>Returns once it is ready.</summary>
    public static async Task<SecondApi> Start(
        ServiceFixture service, params (string Name, string Value)[] settings)
    {
        var ports = new LoopbackPorts();
        var port = ports.Take().ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(Installation.Runtime, [Installation.Program("Api")])
        {
            RedirectStandardInput = true,
            Environment =
            {
                ["Api__Port"] = port,
                ["Api__OpsPort"] = ports.Take().ToString(CultureInfo.InvariantCulture),
                ["Orleans__ClusterId"] = service.ClusterId,
                ["Orleans__ServiceId"] = "customer-grains",
                ["Orleans__Gateways"] = service.Gateways,
                ["Launcher__WatchStdin"] = "true",
            },
        };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var second = new SecondApi(Process.Start(start)!, new Uri("http://127.0.0.1:" + port));
        await Eventually.Holds("the second front end is ready", second.IsReady,
            TestContext.Current.CancellationToken);
        return second;
    }

    /// <summary>Ends its standard input, as a launcher does that goes away.</summary>
    public async Task EndInput()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (!process.HasExited) await EndInput();
        process.Dispose();
    }

    private async Task<bool> IsReady()
    {
        if (process.HasExited) throw new InvalidOperationException("It ended.");
        try
        {
            return (await Api.Get("/health/ready")).Status == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
