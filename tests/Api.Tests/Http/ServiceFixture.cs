using CustomerGrains.Api.Tests.Http;
using CustomerGrains.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(ServiceFixture))]

namespace CustomerGrains.Api.Tests.Http;

/// <summary>The whole service, once for all; every test makes its own customer.</summary>
public sealed class ServiceFixture : IAsyncLifetime
{
    private RunningService? service;

    internal ApiClient Api { get; private set; } = null!;

    internal Uri OpsAddress { get; private set; } = null!;

    /// <summary>Where all processes write what they log.</summary>
    internal string LogDirectory { get; private set; } = "";

    internal string Gateways { get; private set; } = "";

    internal string ClusterId { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        service = await RunningService.Start();
        Api = new ApiClient(service.BaseAddress);
        OpsAddress = service.OpsAddress;
        LogDirectory = Path.Combine(service.Data, "logs");
        ClusterId = service.State.ClusterId;
        Gateways = string.Join(';', service.State.Processes
            .Where(process => process.GatewayPort is not null)
            .Select(process => $"127.0.0.1:{process.GatewayPort}"));
    }

    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        if (service is not null) await service.DisposeAsync();
    }
}
