using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using CustomerGrains.Api.Tests.Http;
using CustomerGrains.Launcher;
using CustomerGrains.Launcher.Running;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Api.Tests.Operation;

/// <summary>Another front end on the same silos, told otherwise than the first.</summary>
internal sealed class SecondApi : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> log = new();

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
        var second = Launch(service, settings);
        await Eventually.Holds("the second front end is ready", second.IsReady,
            TestContext.Current.CancellationToken);
        return second;
    }

    /// <summary>Returns the exit code of one that must not start.</summary>
    public static async Task<int> FailToStart(
        ServiceFixture service, params (string Name, string Value)[] settings)
    {
        await using var second = Launch(service, settings);
        await second.process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return second.process.ExitCode;
    }

    private static SecondApi Launch(
        ServiceFixture service, (string Name, string Value)[] settings)
    {
        var ports = new LoopbackPorts();
        var port = ports.Take().ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(Installation.Runtime, [Installation.Program("Api")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["Api__Port"] = port,
                ["Api__OpsPort"] = ports.Take().ToString(CultureInfo.InvariantCulture),
                ["Orleans__ClusterId"] = service.ClusterId,
                ["Orleans__ServiceId"] = "customer-grains",
                ["Orleans__Gateways"] = service.Gateways,
                ["Launcher__WatchStdin"] = "true",
            },
        };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var process = Process.Start(start)!;
        var second = new SecondApi(process, new Uri("http://127.0.0.1:" + port));
        process.OutputDataReceived += (_, line) => second.log.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => second.log.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
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
        Canaries.All.FindInText(string.Join('\n', log)).ShouldBeEmpty();
    }

    private async Task<bool> IsReady()
    {
        if (process.HasExited)
            throw new InvalidOperationException($"It ended with {process.ExitCode}.");
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
