using System.Globalization;

namespace CustomerGrains.Bench.Driver;

/// <summary>What was measured once: named values, of which any may be missing.</summary>
internal sealed class FactSheet
{
    private readonly Dictionary<string, string> facts;

    public FactSheet(string file) => facts = File.ReadLines(file)
        .Select(line => line.Split('\t', 2))
        .GroupBy(fact => fact[0])
        .ToDictionary(same => same.Key, same => same.Last()[1]);

    public bool Has(string name) => facts.ContainsKey(name);

    /// <summary>Not a number when it was not measured.</summary>
    public double Number(string name) =>
        facts.TryGetValue(name, out var text)
        && double.TryParse(text, CultureInfo.InvariantCulture, out var value)
            ? value
            : double.NaN;

    /// <summary>All facts whose name begins so: the rest of the name, and the value.</summary>
    public IEnumerable<(string Name, string Value)> Under(string prefix) =>
        from fact in facts
        where fact.Key.StartsWith(prefix, StringComparison.Ordinal)
        select (fact.Key[prefix.Length..], fact.Value);

    /// <summary>A dash when it was not measured.</summary>
    public string Show(string name, string format = "N0") => Show(Number(name), format);

    public static string Show(double value, string format = "N0") => double.IsNaN(value)
        ? "–"
        : value.ToString(format, CultureInfo.InvariantCulture);
}
