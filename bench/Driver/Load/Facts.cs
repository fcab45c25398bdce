using System.Globalization;

namespace CustomerGrains.Bench.Driver.Load;

/// <summary>Named numbers for the report, a line each.</summary>
internal static class Facts
{
    public static void Print(string name, double value) => Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"FACT\t{name}\t{value:0.###}"));
}
