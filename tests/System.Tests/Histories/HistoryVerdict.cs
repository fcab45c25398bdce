using CustomerGrains.Tests.Load.Histories;
using CustomerGrains.Tests.Support;
using Shouldly;

namespace CustomerGrains.System.Tests.Histories;

/// <summary>The end of a test under load: all comes to rest, then every rule must hold.</summary>
internal static class HistoryVerdict
{
    /// <param name="section">As in docs/reliability.md.</param>
    /// <param name="poisoned">Rows that a test made unreadable.</param>
    /// <param name="withStories">Codes, riders and snapshots must have been there to check.</param>
    /// <returns>Figures for a report.</returns>
    public static async Task<string> Of(
        RunningService service, HistoryWriter written, string section, int poisoned = 0,
        bool withStories = false)
    {
        await JournalFollower.CheckAllArrived(service, poisoned);
        written.Dispose();
        var history = History.ReadFolder(written.Folder);
        await using var database = await JournalFollower.Open(service);
        var writers = history.Operations.Where(o => o.IsWrite).Select(o => o.Customer).ToHashSet();
        var orders = history.Operations.Where(o => o is { Kind: OpKind.Placement, IsOk: true })
            .Select(o => o.Subject!).ToList();
        var final = await new FinalStateReader(service, database).Read(writers, orders);

        var violations = HistoryChecker.Check(history, final);
        var score = HistoryFigures.Score(section, history, violations);
        violations.ShouldBeEmpty(score);
        history.Operations.Count(o => o.IsWrite && o.IsOk).ShouldBeGreaterThan(0);
        if (withStories)
            HistoryFigures.Fed(history).ShouldAllBe(figure => figure.Value > 0, score);
        return score;
    }
}
