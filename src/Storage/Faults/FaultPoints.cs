using System.Collections.Immutable;

namespace CustomerGrains.Storage.Faults;

/// <summary>Named places where a test makes the service fail. Off, and then no more than a look at
/// a field, unless a process of the environment Development is told a folder.</summary>
/// <remarks>While a file with the name of a point lies in the folder, the point fails, as the file
/// says: empty, each time; <see cref="Once"/>, one time; <see cref="Hang"/>, it stands still for
/// <see cref="HangTime"/> and goes on; <see cref="Abort"/>, the process ends on the spot, as by
/// kill -9. All but the first are carried out by whoever comes along first and renames the file:
/// see <see cref="PassedFile"/>.</remarks>
public static class FaultPoints
{
    public const string Once = "once";
    public const string Hang = "hang";
    public const string Abort = "abort";

    /// <summary>Longer than anything that is healthy takes.</summary>
    public static readonly TimeSpan HangTime = TimeSpan.FromSeconds(5);

    /// <summary>Before customers are loaded.</summary>
    public const string LoadBegin = "load-begin";

    /// <summary>Customers were read, and nobody has them yet.</summary>
    public const string LoadEnd = "load-end";

    /// <summary>A batch of commits is about to be sent.</summary>
    public const string CommitBegin = "commit-begin";

    /// <summary>A batch of commits is durable, and nobody was told.</summary>
    public const string CommitEnd = "commit-end";

    /// <summary>Before the first answer under a key is looked for.</summary>
    public const string ReplayLook = "replay-look";

    /// <summary>The answer that there is nothing to do is kept, and was not told.</summary>
    public const string ReplyKept = "reply-kept";

    /// <summary>Before the version is looked up that a refusal was decided on.</summary>
    public const string VersionLook = "version-look";

    /// <summary>Before entries of the access log are written.</summary>
    public const string AccessBegin = "access-begin";

    /// <summary>The access log has it, and nothing was shown.</summary>
    public const string AccessEnd = "access-end";

    /// <summary>A sign-in's code and its message are stored, and nobody was told.</summary>
    public const string CodeStored = "code-stored";

    /// <summary>A right code is spent, and nobody has tokens for it.</summary>
    public const string CodeSpent = "code-spent";

    /// <summary>A refresh token is spent, and nobody has the next.</summary>
    public const string TokenSpent = "token-spent";

    /// <summary>A message is taken, and not yet sent.</summary>
    public const string CourierTaken = "courier-taken";

    /// <summary>A message is sent, and that is not recorded.</summary>
    public const string CourierSent = "courier-sent";

    /// <summary>Before a chunk of the journal is sealed.</summary>
    public const string AuditChunk = "audit-chunk";

    /// <summary>A chunk is sealed, and the feed was not told.</summary>
    public const string AuditSealed = "audit-sealed";

    /// <summary>Before a chunk of the journal is counted.</summary>
    public const string MetricsChunk = "metrics-chunk";

    /// <summary>A chunk is counted, and the feed was not told.</summary>
    public const string MetricsCounted = "metrics-counted";

    /// <summary>Chunks have arrived, and their positions are about to be recorded.</summary>
    public const string FeedArrived = "feed-arrived";

    /// <summary>Positions are recorded and new rows read, which nobody was handed.</summary>
    public const string FeedRead = "feed-read";

    /// <summary>In a merge: the survivor has everything, the redundant is still there.</summary>
    public const string MergeAbsorbed = "merge-absorbed";

    /// <summary>A step of a merge is done, and not recorded.</summary>
    public const string MergeStep = "merge-step";

    /// <summary>In the pass over all customers: one was reviewed, the page is not recorded.
    /// </summary>
    public const string ReviewPage = "review-page";

    /// <summary>One erasure is done, others are due.</summary>
    public const string ErasureRun = "erasure-run";

    /// <summary>The customers of a chunk of an import are there, and it is not recorded.</summary>
    public const string ImportChunk = "import-chunk";

    /// <summary>An export is made, and not stored.</summary>
    public const string ExportMade = "export-made";

    /// <summary>In an operator's command: a batch of data keys is wrapped anew.</summary>
    public const string KeysWrapped = "keys-wrapped";

    /// <summary>In an operator's command: a step of the schema is about to be committed.</summary>
    public const string MigrationStep = "migration-step";

    private static string? _folder;

    /// <summary>Those on the journal's way to its subscribers.</summary>
    public static ImmutableArray<string> OfFeed { get; } = [AuditChunk, MetricsChunk];

    /// <summary>Those that only operators' commands come to.</summary>
    public static ImmutableArray<string> OfOperators { get; } = [KeysWrapped, MigrationStep];

    /// <summary>Those that silos come to.</summary>
    public static ImmutableArray<string> OfSilos { get; } =
    [
        LoadBegin, LoadEnd, CommitBegin, CommitEnd, ReplayLook, ReplyKept, VersionLook,
        AccessBegin, AccessEnd, CodeStored, CodeSpent, TokenSpent, CourierTaken, CourierSent,
        AuditChunk, AuditSealed, MetricsChunk, MetricsCounted, FeedArrived, FeedRead,
        MergeAbsorbed, MergeStep, ReviewPage, ErasureRun, ImportChunk, ExportMade,
    ];

    public static ImmutableArray<string> All { get; } = [.. OfSilos, .. OfOperators];

    /// <summary>For the whole process, at its start.</summary>
    public static void Enable(string folder) => _folder = folder;

    /// <summary>What the file of a point is called once it was carried out.</summary>
    public static string PassedFile(string point) => point + ".passed";

    /// <exception cref="FaultException">The point fails.</exception>
    public static void Pass(string point)
    {
        if (_folder is { } folder) Fail(folder, point);
    }

    private static void Fail(string folder, string point)
    {
        var file = Path.Combine(folder, point);
        if (!File.Exists(file)) return;
        try
        {
            var wish = File.ReadAllText(file);
            if (wish is Once or Hang or Abort)
                File.Move(file, Path.Combine(folder, PassedFile(point)), overwrite: true);
            if (wish == Abort) Environment.FailFast($"The fault point {point} is on.");
            if (wish == Hang)
            {
                Thread.Sleep(HangTime);
                return;
            }
        }
        catch (FileNotFoundException)
        {
            return; // somebody else was first, or it was healed
        }

        throw new FaultException(point);
    }
}
