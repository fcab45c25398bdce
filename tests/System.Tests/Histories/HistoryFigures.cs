using System.Diagnostics;
using CustomerGrains.Tests.Load.Histories;
using CustomerGrains.Tests.Support;

namespace CustomerGrains.System.Tests.Histories;

/// <summary>A checked history in figures, for the scoreboard.</summary>
internal static class HistoryFigures
{
    /// <summary>What a broken rule is called in public.</summary>
    private static readonly (string Rule, string Name)[] Rules =
    [
        ("H1", "lost"), ("H2", "doubled"), ("H3", "phantom"), ("H4", "gaps"), ("H5", "order"),
        ("H6", "audit"), ("H7", "access_log"), ("H8", "counters"), ("H9", "codes"),
        ("H10", "contacts"), ("H11", "stuck"), ("H12", "snapshots"), ("H13", "server_errors"),
    ];

    /// <param name="section">As in docs/reliability.md.</param>
    /// <returns>The line.</returns>
    public static string Score(
        string section, History history, IReadOnlyList<Violation> violations)
    {
        var waits = Recoveries(history).Order().ToArray();
        var attempts = history.Operations.Sum(o => o.Invokes.Count);
        return Scoreboard.Add(section,
        [
            ("faults", history.Faults.Count),
            ("operations", history.Operations.Count),
            ("attempts", attempts),
            ("acked", history.Operations.Count(o => o.IsWrite && o.IsOk)),
            ("unknown", attempts - history.Operations.Sum(o => o.Completes.Count(c =>
                c.Outcome != Outcome.Info))),
            ("reads", history.Operations.Count(o => !o.IsWrite && o.IsOk)),
            .. Fed(history),
            .. Rules.Select(r => (r.Name, (double)violations.Count(v => v.Rule == r.Rule))),
            ("recovery_p50", At(waits, 0.5)),
            ("recovery_p99", At(waits, 0.99)),
            ("recovery_max", At(waits, 1)),
        ]);
    }

    /// <summary>What there was to check about codes, riders and snapshots.</summary>
    public static (string Name, double Value)[] Fed(History history)
    {
        var changed = history.Operations.Where(o => o is { Kind: OpKind.PhoneChange, IsOk: true })
            .ToLookup(o => o.Customer, o => o.Ended);
        var succeeded = history.Operations.Where(o => o.IsOk).ToLookup(o => o.Kind);
        return
        [
            ("codes_served", history.Operations.Count(o => o.ShowsCode && o.IsOk)),
            ("wrong_tries", history.Operations.Count(o => o.IsWrongTry)),
            ("polls_after_change", succeeded[OpKind.Poll].Count(o =>
                changed[o.Customer].Any(c => c < o.Began))),
            ("phones_seen", succeeded[OpKind.Acknowledge].Count()),
            ("snapshots_read", succeeded[OpKind.OrderRead].Count()),
        ];
    }

    /// <summary>Seconds from each fault until each client had a success again that it had asked for
    /// afterwards. Whoever waits for codes, or for others, does not ask all the time; who came later
    /// did not feel it.</summary>
    private static IEnumerable<double> Recoveries(History history)
    {
        var clients = history.Operations.Where(o => o.IsOk).GroupBy(o => o.Client)
            .Where(g => g.All(o => o.Kind is OpKind.Write or OpKind.Read or OpKind.StaffRead))
            .Select(g => g.OrderBy(o => o.Began).ToArray()).ToArray();
        foreach (var fault in history.Faults)
        {
            foreach (var operations in clients)
            {
                var first = operations.FirstOrDefault(o => o.Began > fault.At);
                if (first is not null && first != operations[0])
                    yield return Stopwatch.GetElapsedTime(fault.At, first.Ended).TotalSeconds;
            }
        }
    }

    private static double At(double[] sorted, double share) => sorted.Length == 0
        ? 0
        : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
}
