using System.Globalization;
using System.Text;

namespace CustomerGrains.Bench.Driver;

/// <summary>The tables of what was measured once.</summary>
internal static class FactTables
{
    private static readonly string[] MixKinds =
    [
        "read profile", "read addresses", "poll", "edit profile", "default address", "order",
        "contact",
    ];

    private static readonly string[] SiloKinds = ["get", "patch"];

    public static void Write(StringBuilder text, FactSheet facts)
    {
        if (facts.Has("limit.1.rate")) WriteLimits(text, facts);
        if (facts.Has("mix.rate")) WriteMix(text, facts);
        if (facts.Has("verify.rate")) WriteContacts(text, facts);
        if (facts.Has("overload.peak")) WriteOverload(text, facts);
        if (facts.Has("silos.1.get.rate")) WriteSilos(text, facts);
        if (facts.Has("kill.rate")) WriteKill(text, facts);
        if (facts.Has("growth.many.rate")) WriteGrowth(text, facts);
        if (facts.Has("start.seconds")) WriteRest(text, facts);
    }

    private static void WriteLimits(StringBuilder text, FactSheet facts)
    {
        Head(text, "The limit of the statement",
            "The commit's own statement, sent by pgbench, without HTTP, grains or sealing; its input"
            + " comes from a table instead of parameters.",
            "| commits in a transaction | connections | commits/s |");
        foreach (var rows in new[] { 1, 32, 256 })
        {
            text.AppendLine(
                $"| {rows} | {(rows == 1 ? 16 : 2)} | {facts.Show($"limit.{rows}.rate")} |");
        }

        text.AppendLine();
    }

    private static void WriteMix(StringBuilder text, FactSheet facts)
    {
        Head(text, "A day's mix, 256 connections",
            $"{facts.Show("mix.rate")} requests/s in all; the mailbox was read "
            + $"{facts.Show("mix.mails")} times for codes, which is not counted. The generator is the"
            + " driver's, which takes more of the processors than wrk.",
            "| | requests/s | p50 ms | p99 ms | bad |");
        foreach (var kind in MixKinds) WriteRun(text, kind, "mix." + kind, facts);
        text.AppendLine();
    }

    private static void WriteContacts(StringBuilder text, FactSheet facts)
    {
        Head(text, "Changes of email, 128 connections",
            "Each customer asks once and proves once, by the code that the courier delivered.",
            "| | requests/s | p50 ms | p99 ms | bad |");
        WriteRun(text, "request-change", "request", facts);
        WriteRun(text, "verify-change", "verify", facts);
        text.AppendLine();
    }

    private static void WriteRun(StringBuilder text, string label, string name, FactSheet facts) =>
        text.AppendLine(
            $"| {label} | {facts.Show(name + ".rate")} | {facts.Show(name + ".p50", "0.0")} | "
            + $"{facts.Show(name + ".p99", "0.0")} | {facts.Show(name + ".bad")} |");

    private static void WriteOverload(StringBuilder text, FactSheet facts)
    {
        Head(text, "Overload: edits at three times the peak",
            "Sent at an even rate whether or not answers come, over 6,000 connections. The generator"
            + " works on the same processors and cannot send all that is due.",
            "| | |");
        Line("peak, 256 connections that wait for answers", "overload.peak", "/s");
        Line("due", "overload.due", "/s");
        Line("sent", "overload.sent", "/s");
        Line("accepted", "overload.accepted", "/s");
        Line("refused with 503", "overload.refused", "/s");
        Line("p50 of accepted", "overload.p50", " ms");
        Line("p99 of accepted", "overload.p99", " ms");
        Line("p99 of accepted from when they were due", "overload.due.p99", " ms");
        Line("p99 of refusals", "overload.refusal.p99", " ms");
        Line("other answers", "overload.other", "");
        Line("no answer", "overload.lost", "");
        Line("processors the generator took at the peak", "overload.peak.generator", "", "0.00");
        Line("processors the generator took", "overload.generator", "", "0.00");
        Line("resident before, MiB", "overload.memory.before", "");
        Line("resident at most, MiB", "overload.memory.most", "");
        Line("from the end to an ordinary quarter of a second", "overload.recovery", " s", "0.00");
        Line("acknowledged", "overload.acknowledged", "");
        Line("journal rows", "overload.rows", "");
        text.AppendLine();

        void Line(string label, string name, string unit, string format = "N0") =>
            text.AppendLine($"| {label} | {facts.Show(name, format)}{unit} |");
    }

    private static void WriteSilos(StringBuilder text, FactSheet facts)
    {
        Head(text, "1, 2, 3 silos behind one front end",
            "All on the same processors: what more processes cost, not what more machines bring.",
            "| silos | GET/s | p99 ms | ms each | PATCH/s | p99 ms | ms each |");
        foreach (var silos in new[] { 1, 2, 3 })
        {
            var cells = SiloKinds.SelectMany(kind => new[]
            {
                facts.Show($"silos.{silos}.{kind}.rate"),
                facts.Show($"silos.{silos}.{kind}.p99", "0.0"),
                facts.Show($"silos.{silos}.{kind}.cpu", "0.000"),
            });
            text.AppendLine($"| {silos} | {string.Join(" | ", cells)} |");
        }

        text.AppendLine();
    }

    private static void WriteKill(StringBuilder text, FactSheet facts)
    {
        Head(text, "One of two silos killed (-9) under 128 editing clients",
            "A client sends an edit again, under its key, until it is acknowledged.", "| | |");
        Line("edits/s before", "kill.rate");
        Line("least edits/s in a quarter of a second", "kill.least");
        Line("seconds until 90 % of the rate", "kill.back", "0.00");
        Line("answers 503", "kill.refused");
        Line("no answer", "kill.lost");
        Line("other answers", "kill.other");
        Line("longest until acknowledged, s", "kill.longest", "0.0");
        Line("acknowledged", "kill.acknowledged");
        Line("journal rows", "kill.rows");
        Line("acknowledged without a journal row", "kill.missing");
        Line("acknowledged with another's version", "kill.doubled");
        text.AppendLine();

        void Line(string label, string name, string format = "N0") =>
            text.AppendLine($"| {label} | {facts.Show(name, format)} |");
    }

    private static void WriteGrowth(StringBuilder text, FactSheet facts)
    {
        Head(text, $"{facts.Show("growth.stored")} more customers stored",
            "Edits of the same 10,000 customers before and after.", "| | PATCH/s | p99 ms | ms each |");
        Line("10,000 stored", "growth.few");
        Line("with the others", "growth.many");
        text.AppendLine();
        if (facts.Has("cold.rate"))
        {
            Head(text, $"{facts.Show("cold.customers")} customers opened once by administrators",
                "First they are loaded, the second time in memory; each look is logged.",
                "| | requests/s | p50 ms | p99 ms | bad |");
            WriteRun(text, "loaded", "cold", facts);
            WriteRun(text, "in memory", "known", facts);
            text.AppendLine().AppendLine(
                $"Memory for each: {facts.Show("cold.heap", "0.0")} KiB alive after a collection, "
                + $"{facts.Show("cold.resident", "0.0")} KiB resident.").AppendLine();
        }

        Head(text, "Stored bytes", "With indexes.", "| table | rows | bytes | bytes a row |");
        foreach (var (name, value) in facts.Under("size."))
        {
            var pair = value.Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture))
                .ToArray();
            text.AppendLine(
                $"| {name} | {pair[0]:N0} | {pair[1]:N0} | {pair[1] / Math.Max(pair[0], 1):N0} |");
        }

        text.AppendLine();

        void Line(string label, string name) => text.AppendLine(
            $"| {label} | {facts.Show(name + ".rate")} | {facts.Show(name + ".p99", "0.0")} | "
            + $"{facts.Show(name + ".cpu", "0.000")} |");
    }

    private static void WriteRest(StringBuilder text, FactSheet facts) => text
        .AppendLine("## At rest").AppendLine()
        .AppendLine($"- second start, `./run` to ready: {facts.Show("start.seconds", "0.0")} s")
        .AppendLine(
            $"- idle silo and PostgreSQL: {facts.Show("idle.percent", "0.0")} % of a processor")
        .AppendLine();

    private static void Head(StringBuilder text, string title, string words, string columns) => text
        .AppendLine($"## {title}").AppendLine()
        .AppendLine(words).AppendLine()
        .AppendLine(columns)
        .AppendLine(
            "|" + string.Concat(Enumerable.Repeat(" --- |", columns.Count(c => c == '|') - 1)));
}
