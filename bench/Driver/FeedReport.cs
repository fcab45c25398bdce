using System.Text;

namespace CustomerGrains.Bench.Driver;

/// <summary>How late edits were sealed while as many came as the service takes.</summary>
internal static class FeedReport
{
    /// <param name="lines">System, round, connections, rows, rows not sealed, lag in ms: median,
    /// 99th percentile, greatest.</param>
    /// <returns>Whether every row was sealed.</returns>
    public static bool Write(StringBuilder text, IEnumerable<string> lines)
    {
        var all = lines.Select(line => line.Split('\t')).ToList();
        if (all.Count == 0) return true;
        text.AppendLine("## The feed under full load").AppendLine();
        text.AppendLine("From the decision about an edit to the seal over its journal row, as the");
        text.AppendLine("database holds both, two seconds after the last request.").AppendLine();
        text.AppendLine("| | connections | rows | not sealed | p50 ms | p99 ms | most ms |");
        text.AppendLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var group in all.GroupBy(f => (System: f[0], Connections: f[2])))
        {
            text.AppendLine(
                $"| {group.Key.System} | {group.Key.Connections} | {Sum(3)} | {Sum(4)} | "
                + $"{Show(5)} | {Show(6)} | {Show(7)} |");

            double Sum(int field) => group.Sum(f => Spread.Number(f[field]));

            string Show(int field) => Spread.Of(group.Select(f => Spread.Number(f[field]))).Show("0");
        }

        text.AppendLine();
        return all.All(f => Spread.Number(f[4]) == 0);
    }
}
