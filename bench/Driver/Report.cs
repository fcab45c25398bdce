using System.Text;

namespace CustomerGrains.Bench.Driver;

/// <summary>Writes the table of results from the notes of a run.</summary>
internal static class Report
{
    private const string Ours = "CustomerGrains";

    // In the order in which they are compared; the notes may hold fewer.
    private static readonly string[] Peers =
    [
        "CustomerGrains, front end apart", "constant, no auth", "constant, auth", "EF Core", "Dapper",
        "Orleans + AdoNet",
    ];

    private static readonly string[] Systems = [Ours, .. Peers];

    /// <returns>1 when a count of rows does not fit, a row was not sealed or an answer was bad.
    /// </returns>
    public static int Run(string results, string feed, string once, string head)
    {
        var facts = new FactSheet(once);
        var all = File.ReadLines(results).Select(Measurement.Parse).ToList();
        var text = new StringBuilder();
        text.AppendLine("# Benchmark").AppendLine();
        text.AppendLine(File.ReadAllText(head).Trim()).AppendLine();
        new Targets(all, [.. File.ReadLines(feed).Select(line => line.Split('\t'))], facts)
            .Write(text);
        if (all.Count > 0) WriteRounds(text, all);
        var sound = WriteRows(text, all) & FeedReport.Write(text, File.ReadLines(feed))
            & AreKept(facts);
        FactTables.Write(text, facts);
        Console.Write(text);
        return sound ? 0 : 1;
    }

    private static void WriteRounds(StringBuilder text, List<Measurement> all)
    {
        text.AppendLine("## Requests per second: CustomerGrains divided by …").AppendLine();
        text.AppendLine("Median of the rounds' ratios, in brackets the least and the greatest.");
        text.AppendLine();
        WriteRatios(text, all, (ours, other) => ours.Throughput / other.Throughput);
        text.AppendLine("## Processor time per request: … divided by CustomerGrains").AppendLine();
        text.AppendLine("Service and PostgreSQL, without the generator; what other work on the machine");
        text.AppendLine("disturbs least. Greater than 1: CustomerGrains needs less.").AppendLine();
        WriteRatios(text, all, (ours, other) => other.AllPerRequest / ours.AllPerRequest);
        foreach (var group in Groups(all)) WriteGroup(text, group.Key, [.. group]);
        WriteMemory(text, all);
    }

    /// <summary>Whether the kill and the overload left what was acknowledged, once.</summary>
    private static bool AreKept(FactSheet facts) =>
        facts.Under("kill.").Where(f => f.Name is "missing" or "doubled").All(f => f.Value == "0")
        && (!facts.Has("kill.rows")
            || facts.Number("kill.rows") == facts.Number("kill.acknowledged"))
        && (!facts.Has("overload.rows")
            || facts.Number("overload.rows") >= facts.Number("overload.acknowledged"));

    private static IEnumerable<IGrouping<(string Workload, int Connections), Measurement>> Groups(
        List<Measurement> all) =>
        all.GroupBy(m => (m.Workload, m.Connections))
            .OrderBy(group => group.Key.Workload, StringComparer.Ordinal)
            .ThenByDescending(group => group.Key.Connections);

    private static void WriteRatios(
        StringBuilder text, List<Measurement> all, Func<Measurement, Measurement, double> ratio)
    {
        text.AppendLine($"| | connections | {string.Join(" | ", Peers)} |");
        text.AppendLine($"| --- | --- |{string.Concat(Peers.Select(_ => " --- |"))}");
        foreach (var group in Groups(all))
        {
            var ratios = Peers.Select(peer => RatioTo(peer, [.. group], ratio).Show("0.00"));
            text.AppendLine(
                $"| {group.Key.Workload} | {group.Key.Connections} | {string.Join(" | ", ratios)} |");
        }

        text.AppendLine();
    }

    private static Spread RatioTo(
        string peer, List<Measurement> runs, Func<Measurement, Measurement, double> ratio) =>
        Spread.Of(
            from ours in runs
            join other in runs on ours.Round equals other.Round
            where ours.System == Ours && other.System == peer
            select ratio(ours, other));

    private static void WriteGroup(
        StringBuilder text, (string Workload, int Connections) key, List<Measurement> group)
    {
        text.AppendLine($"## {key.Workload}, {key.Connections} connections").AppendLine();
        text.AppendLine(
            "| | requests/s | p50 ms | p99 ms | API ms | silo ms | PostgreSQL ms | all ms | log bytes | bad |");
        text.AppendLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var system in Systems)
        {
            var runs = group.Where(m => m.System == system).ToList();
            if (runs.Count == 0) continue;
            string[] cells =
            [
                Spread.Of(runs.Select(m => m.Throughput)).Show("N0"),
                Spread.Of(runs.Select(m => m.P50)).Show("0.0"),
                Spread.Of(runs.Select(m => m.P99)).Show("0.0"),
                Median(m => m.PerRequest(m.Api)),
                Median(m => m.PerRequest(m.Silo)),
                Median(m => m.PerRequest(m.Postgres)),
                Spread.Of(runs.Select(m => m.AllPerRequest)).Show("0.000"),
                Spread.Of(runs.Where(m => m.Rows > 0).Select(m => (double)m.Wal! / m.Rows!.Value))
                    .Show("N0"),
                $"{runs.Sum(m => m.BadAnswers)} + {runs.Sum(m => m.SocketErrors)}",
            ];
            text.AppendLine($"| {system} | {string.Join(" | ", cells)} |");

            string Median(Func<Measurement, double> value)
            {
                var median = Spread.Of(runs.Select(value)).Median;
                return new Spread(median, median, median).Show("0.000");
            }
        }

        text.AppendLine();
    }

    private static void WriteMemory(StringBuilder text, List<Measurement> all)
    {
        text.AppendLine("## Memory after all workloads, MiB").AppendLine();
        text.AppendLine("| | service (resident) | PostgreSQL (proportional) |");
        text.AppendLine("| --- | --- | --- |");
        foreach (var system in Systems)
        {
            var last = all.Where(m => m.System == system)
                .GroupBy(m => m.Round).Select(round => round.Last()).ToList();
            if (last.Count == 0) continue;
            var service = Spread.Of(last.Select(m => m.ServiceMemory)).Show("0");
            var postgres = Spread.Of(last.Select(m => m.PostgresMemory)).Show("0");
            text.AppendLine($"| {system} | {service} | {postgres} |");
        }

        text.AppendLine();
    }

    private static bool WriteRows(StringBuilder text, List<Measurement> all)
    {
        if (all.Count == 0) return true;
        text.AppendLine("## Acknowledged requests and what the database holds").AppendLine();
        text.AppendLine("Of edits the rows of the history, of logged reads those of the access log.");
        text.AppendLine("Counted for each run: 200 answers ≤ rows ≤ 200 answers + connections.");
        text.AppendLine();
        text.AppendLine("| | runs | 200 answers | rows | fit | other answers | socket errors |");
        text.AppendLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var system in Systems)
        {
            var runs = all.Where(m => m.System == system && m.Rows is not null).ToList();
            if (runs.Count == 0) continue;
            text.AppendLine(
                $"| {system} | {runs.Count} | {runs.Sum(m => m.Acknowledged)} | "
                + $"{runs.Sum(m => m.Rows)} | {runs.Count(m => m.RowsFit)} of {runs.Count} | "
                + $"{runs.Sum(m => m.BadAnswers)} | {runs.Sum(m => m.SocketErrors)} |");
        }

        text.AppendLine();
        return all.All(m => m.RowsFit && m.BadAnswers == 0);
    }
}
