using System.Collections.Immutable;
using System.Globalization;

namespace CustomerGrains.Launcher.Running;

/// <summary>The processes of a run. What they are told is a contract with their hosts.</summary>
internal sealed class ServicePrograms(
    RunOptions options, string clusterId, string keys, ServiceDatabase database,
    LoopbackPorts ports)
{
    // Part of the keys of everything that Orleans stores: never changes.
    private const string ServiceId = "customer-grains";

    private const string DefaultEnvironment = "Development";

    // Bytes allocated between two collections, hexadecimal: 128 MiB. By default it is the size of
    // the processor's cache, here 32 MiB, and a fifth of a commit's processor time goes into
    // collecting. It exists as an environment variable alone. See docs/adr/0007.
    private const string NurserySetting = "DOTNET_GCgen0size";
    private const string NurseryBytes = "8000000";

    /// <summary>The silos; the first one has the operator's port.</summary>
    public ImmutableArray<ServiceProgram> Silos { get; } =
        [.. Enumerable.Range(0, options.Silos).Select(index => Silo(
            index, index == 0 ? options.OpsPort : ports.Take(), options, clusterId, keys, database,
            ports))];

    /// <summary>The API: told where the silos are, and nothing of database and keys.</summary>
    public ServiceProgram Api => new("api", "Api", options.Port, _apiOpsPort, null,
        Common(clusterId)
            .Add("Api__Port", Text(options.Port))
            .Add("Api__OpsPort", Text(_apiOpsPort))
            .Add("Orleans__Gateways",
                string.Join(';', Silos.Select(silo => $"127.0.0.1:{silo.GatewayPort}"))));

    private readonly int _apiOpsPort = ports.Take();

    private static ServiceProgram Silo(
        int index, int opsPort, RunOptions options, string clusterId, string keys,
        ServiceDatabase database, LoopbackPorts ports)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"silo-{index}");
        var (port, gateway) = (ports.Take(), ports.Take());
        return new(name, "Silo", port, opsPort, gateway,
            Common(clusterId)
                .Add(ServiceDatabase.ServiceSetting, database.Service)
                .AddRange(Branch(database))
                .Add("Silo__Name", name)
                .Add("Silo__Port", Text(port))
                .Add("Silo__GatewayPort", Text(gateway))
                .Add("Silo__OpsPort", Text(opsPort))
                .Add("Keys__Path", keys)
                .Add(NurserySetting,
                    Environment.GetEnvironmentVariable(NurserySetting) ?? NurseryBytes)
                .AddRange(options.FrontEndApart ? [] : Serving(options)));
    }

    private static Dictionary<string, string> Branch(ServiceDatabase database) =>
        database.Branch is { } branch ? new() { [ServiceDatabase.BranchSetting] = branch } : [];

    /// <summary>One silo answers customers itself: no process in between.</summary>
    private static Dictionary<string, string> Serving(RunOptions options) => new()
    {
        ["Silo__ServesHttp"] = "true",
        ["Api__Port"] = Text(options.Port),
        ["Api__OpsPort"] = Text(options.OpsPort),
    };

    private static ImmutableDictionary<string, string> Common(string clusterId)
    {
        var environment =
            Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") is { Length: > 0 } chosen
                ? chosen
                : DefaultEnvironment;
        return ImmutableDictionary<string, string>.Empty
            .Add("Orleans__ClusterId", clusterId)
            .Add("Orleans__ServiceId", ServiceId)
            .Add("DOTNET_ENVIRONMENT", environment)
            .Add("ASPNETCORE_ENVIRONMENT", environment)
            // Without a launcher nobody would look after them.
            .Add("Launcher__WatchStdin", "true");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
