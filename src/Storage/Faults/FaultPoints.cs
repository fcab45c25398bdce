using System.Collections.Immutable;

namespace CustomerGrains.Storage.Faults;

/// <summary>Named places where a test makes the service fail. Off without a folder, and only a silo
/// in the environment Development accepts one.</summary>
/// <param name="folder">While a file with the name of a point lies there, the point fails; null:
/// none ever does.</param>
public sealed class FaultPoints(string? folder)
{
    /// <summary>Before a chunk of the journal is sealed.</summary>
    public const string AuditChunk = "audit-chunk";

    /// <summary>Before a chunk of the journal is counted.</summary>
    public const string MetricsChunk = "metrics-chunk";

    public static ImmutableArray<string> All { get; } = [AuditChunk, MetricsChunk];

    /// <exception cref="FaultException">The point fails at present.</exception>
    public void Pass(string point)
    {
        if (folder is not null && File.Exists(Path.Combine(folder, point)))
            throw new FaultException(point);
    }
}
