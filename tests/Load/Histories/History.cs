namespace CustomerGrains.Tests.Load.Histories;

/// <summary>What clients asked for and heard.</summary>
internal sealed class History
{
    private History(IReadOnlyList<Operation> operations, IReadOnlyList<Fault> faults) =>
        (Operations, Faults) = (operations, faults);

    /// <summary>In the order of their first invocation.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>Of all who wrote there, on one machine. A line cut short by the end of its writer is
    /// no line.</summary>
    public static History ReadFolder(string folder) => Of(
        Directory.GetFiles(folder, "history*.jsonl").SelectMany(File.ReadLines)
            .Where(l => l.EndsWith("}}", StringComparison.Ordinal)).Select(HistoryLine.Parse)
            .OrderBy(l => l.At));

    public static History Of(IEnumerable<HistoryLine> lines)
    {
        var (operations, faults) = (new Dictionary<string, Operation>(), new List<Fault>());
        foreach (var line in lines)
        {
            if (line.Fault is { } fault) faults.Add(fault);
            if (line.Invoke is { } invoke)
            {
                if (!operations.TryGetValue(invoke.Op, out var known))
                    operations[invoke.Op] = known = new Operation(invoke);
                known.Invokes.Add(invoke);
            }

            if (line.Complete is { } complete) operations[complete.Op].Completes.Add(complete);
        }

        return new History([.. operations.Values], faults);
    }
}

/// <summary>One intention with all of its attempts.</summary>
internal sealed class Operation(Invoke first)
{
    public string Op => first.Op;

    public string Client => first.Client;

    public Guid Customer => first.Customer;

    public OpKind Kind => first.Kind;

    public string? Scope => first.Scope;

    public string? Subject => first.Subject;

    public List<Invoke> Invokes { get; } = [];

    public List<Complete> Completes { get; } = [];

    public bool IsWrite =>
        Kind is OpKind.Write or OpKind.PhoneChange or OpKind.Placement or OpKind.Guess;

    /// <summary>True where the journal gets a row of it when it succeeds.</summary>
    public bool MakesRow => IsWrite || Kind is OpKind.Acknowledge;

    /// <summary>True where a code is shown.</summary>
    public bool ShowsCode => Kind is OpKind.Guess or OpKind.PhoneChange or OpKind.SignIn;

    /// <summary>A code that was told to be wrong.</summary>
    public bool IsWrongTry => ShowsCode && Outcome == Outcome.Fail && Result!.Status == 422;

    public long Began => Invokes[0].At;

    /// <summary>The first success; else the last thing heard; null when nothing was.</summary>
    public Complete? Result =>
        Completes.Find(c => c.Outcome == Outcome.Ok) ?? Completes.LastOrDefault();

    /// <summary>Unknown as long as one attempt is: it may still have happened.</summary>
    public Outcome Outcome
    {
        get
        {
            if (Result is { Outcome: Outcome.Ok }) return Outcome.Ok;
            return Completes.Count == Invokes.Count
                && Completes.TrueForAll(c => c.Outcome == Outcome.Fail)
                    ? Outcome.Fail
                    : Outcome.Info;
        }
    }

    public bool IsOk => Outcome == Outcome.Ok;

    public long? Version => IsOk ? Result!.Version : null;

    /// <summary>When its success was heard; it may have happened any time before.</summary>
    public long Ended => IsOk ? Result!.At : long.MaxValue;
}
