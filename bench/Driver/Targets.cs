using System.Text;

namespace CustomerGrains.Bench.Driver;

/// <summary>What the project promised itself, what was measured, pass or miss.</summary>
internal sealed class Targets(List<Measurement> all, IReadOnlyList<string[]> feed, FactSheet facts)
{
    private const string Ours = "CustomerGrains";
    private const int Connections = 256;

    private readonly StringBuilder rows = new();
    private int missed;
    private int met;

    public void Write(StringBuilder text)
    {
        AtLeast("PATCH against EF Core", Ratio("PATCH", "EF Core"), 8);
        AtLeast("PATCH against Orleans + AdoNet", Ratio("PATCH", "Orleans + AdoNet"), 3);
        AtLeast("GET against the constant", Ratio("GET", "constant, auth"), 0.7);
        AtLeast("POLL against the constant", Ratio("POLL", "constant, auth"), 0.7);
        AtLeast("GET against EF Core", Ratio("GET", "EF Core"), 4);
        AtLeast("POLL against EF Core", Ratio("POLL", "EF Core"), 4);
        Feed();
        AtMost("memory of an idle customer in memory, KiB", facts.Number("cold.heap"), 6, "0.0");
        AtLeast("edits with more customers stored, against 10,000",
            facts.Number("growth.many.rate") / facts.Number("growth.few.rate"), 0.9);
        AtMost("second start, s", facts.Number("start.seconds"), 5, "0.0");
        AtMost("idle, % of a processor", facts.Number("idle.percent"), 2, "0.0");
        AtLeast("overload: accepted against the peak",
            facts.Number("overload.accepted") / facts.Number("overload.peak"), 0.9);
        AtLeast("overload: the same for each processor that the generator leaves",
            ForEachProcessor("overload.accepted", "overload.generator")
                / ForEachProcessor("overload.peak", "overload.peak.generator"), 0.9);
        AtMost("overload: p99 of accepted, ms", facts.Number("overload.p99"), 250, "0");
        AtMost("overload: recovery, s", facts.Number("overload.recovery"), 5, "0.00");
        AtMost("kill -9: acknowledged edits missing or doubled",
            facts.Number("kill.missing") + facts.Number("kill.doubled"), 0, "0");
        if (met + missed == 0) return;

        text.AppendLine("## Targets").AppendLine();
        text.AppendLine($"{met} met, {missed} missed. Requests per second at {Connections} connections,");
        text.AppendLine("median of the rounds' ratios, in brackets the least and the greatest.");
        text.AppendLine().AppendLine("| | measured | target | |").AppendLine("| --- | --- | --- | --- |");
        text.Append(rows).AppendLine();
    }

    private Spread Ratio(string workload, string peer) => Spread.Of(
        from ours in all
        join other in all
            on (ours.Round, ours.Workload, ours.Connections)
            equals (other.Round, other.Workload, other.Connections)
        where ours.System == Ours && other.System == peer
            && ours.Workload == workload && ours.Connections == Connections
        select ours.Throughput / other.Throughput);

    private double ForEachProcessor(string rate, string generator) =>
        facts.Number(rate) / (Environment.ProcessorCount - facts.Number(generator));

    private void Feed()
    {
        var full = feed.Where(line => line[0] == Ours && line[2] == "256")
            .Select(line => line.Skip(3).Select(Spread.Number).ToArray()).ToList();
        if (full.Count == 0) return;
        var sealedShare = 1 - full.Sum(line => line[1]) / full.Sum(line => line[0]);
        AtLeast("feed: rows sealed of rows written", sealedShare, 1);
        var late = Spread.Of(full.Select(line => line[3]));
        Row("feed: p99 from decision to seal, ms", late.Show("0"), "≤ 500", late.Median <= 500);
    }

    private void AtLeast(string what, Spread measured, double least)
    {
        if (!double.IsNaN(measured.Median))
            Row(what, measured.Show("0.00"), $"≥ {least}", measured.Median >= least);
    }

    private void AtLeast(string what, double measured, double least) =>
        AtLeast(what, new Spread(measured, measured, measured), least);

    private void AtMost(string what, double measured, double most, string format)
    {
        if (double.IsNaN(measured)) return;
        Row(what, FactSheet.Show(measured, format), $"≤ {most}", measured <= most);
    }

    private void Row(string what, string measured, string target, bool isMet)
    {
        if (isMet) met++;
        else missed++;
        rows.AppendLine($"| {what} | {measured} | {target} | {(isMet ? "pass" : "**miss**")} |");
    }
}
