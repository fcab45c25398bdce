using System.Globalization;

namespace CustomerGrains.Tests.Support;

/// <summary>Figures of a run for machines to read, one line for each section, as in
/// <c>score R1 kills=6 acked=23817 lost=0</c>. <c>./test</c> prints them all at its end.</summary>
public static class Scoreboard
{
    private static readonly Lock Writing = new();

    /// <param name="section">As in docs/reliability.md.</param>
    /// <returns>The line.</returns>
    public static string Add(string section, params (string Name, double Value)[] figures)
    {
        var line = $"score {section} " + string.Join(' ', figures.Select(f => string.Create(
            CultureInfo.InvariantCulture, $"{f.Name}={f.Value:0.###}")));
        if (Environment.GetEnvironmentVariable("CUSTOMERGRAINS_SCOREBOARD") is { } path)
        {
            lock (Writing) File.AppendAllText(path, line + Environment.NewLine);
        }

        return line;
    }
}
