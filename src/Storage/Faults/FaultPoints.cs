using System.Collections.Immutable;

namespace CustomerGrains.Storage.Faults;

/// <summary>Named places where a test makes the service fail. Off without a folder, and only a silo
/// in the environment Development accepts one.</summary>
/// <param name="folder">While a file with the name of a point lies there, the point fails; null:
/// none ever does. A file that says <see cref="Abort"/> is removed, and the process ends on the
/// spot, as by kill -9.</param>
public sealed class FaultPoints(string? folder)
{
    public const string Abort = "abort";

    /// <summary>Before a chunk of the journal is sealed.</summary>
    public const string AuditChunk = "audit-chunk";

    /// <summary>Before a chunk of the journal is counted.</summary>
    public const string MetricsChunk = "metrics-chunk";

    /// <summary>In a merge: the survivor has everything, the redundant is still there.</summary>
    public const string MergeAbsorbed = "merge-absorbed";

    /// <summary>In the pass over all customers: one was reviewed, the page is not recorded.
    /// </summary>
    public const string ReviewPage = "review-page";

    /// <summary>One erasure is done, others are due.</summary>
    public const string ErasureRun = "erasure-run";

    /// <summary>The customers of a chunk of an import are there, and it is not recorded.</summary>
    public const string ImportChunk = "import-chunk";

    /// <summary>Those on the journal's way to its subscribers.</summary>
    public static ImmutableArray<string> OfFeed { get; } = [AuditChunk, MetricsChunk];

    /// <exception cref="FaultException">The point fails at present.</exception>
    public void Pass(string point)
    {
        if (folder is null) return;
        var file = Path.Combine(folder, point);
        if (!File.Exists(file)) return;
        if (File.ReadAllText(file) != Abort) throw new FaultException(point);
        File.Delete(file);
        Environment.FailFast($"The fault point {point} is on.");
    }
}
