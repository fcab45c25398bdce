using System.Collections.Immutable;

namespace CustomerGrains.Launcher.Running;

/// <summary>One process of the service and what it is told.</summary>
/// <param name="Name">Unique in the run; names its log file.</param>
/// <param name="Project">Whose built assembly runs.</param>
/// <param name="Port">Of its service endpoint.</param>
/// <param name="OpsPort">Of its pages for operators.</param>
/// <param name="GatewayPort">Where a silo accepts clients; null for the API.</param>
internal sealed record ServiceProgram(
    string Name, string Project, int Port, int OpsPort, int? GatewayPort,
    ImmutableDictionary<string, string> Environment);
