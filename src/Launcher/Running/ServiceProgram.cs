using System.Collections.Immutable;
using System.Globalization;

namespace CustomerGrains.Launcher.Running;

/// <summary>One process of the service and what it is told.</summary>
/// <param name="Name">Unique in the run; names its log file.</param>
/// <param name="Project">Whose built assembly runs.</param>
/// <param name="Port">Of its service endpoint.</param>
/// <param name="OpsPort">Of its pages for operators.</param>
/// <param name="GatewayPort">Where a silo accepts clients; null for the API.</param>
internal sealed record ServiceProgram(
    string Name, string Project, int Port, int OpsPort, int? GatewayPort,
    ImmutableDictionary<string, string> Environment)
{
    /// <summary>Answers 200 once the process serves. A silo's own port speaks no HTTP.</summary>
    public Uri Health => new(string.Create(
        CultureInfo.InvariantCulture,
        $"http://127.0.0.1:{(GatewayPort is null ? Port : OpsPort)}/health/ready"));
}
