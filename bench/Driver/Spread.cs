using System.Globalization;

namespace CustomerGrains.Bench.Driver;

/// <summary>A median and the range around it.</summary>
internal readonly record struct Spread(double Median, double Least, double Most)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0) return new(double.NaN, double.NaN, double.NaN);
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1
            ? sorted[middle]
            : (sorted[middle - 1] + sorted[middle]) / 2;
        return new(median, sorted[0], sorted[^1]);
    }

    /// <summary>A number as the notes of a run hold it.</summary>
    public static double Number(string field) => double.Parse(field, CultureInfo.InvariantCulture);

    public string Show(string format) => double.IsNaN(Median) ? "–" : Least == Most
        ? Text(Median, format)
        : $"{Text(Median, format)} ({Text(Least, format)}–{Text(Most, format)})";

    private static string Text(double value, string format) =>
        value.ToString(format, CultureInfo.InvariantCulture);
}
