using System.Globalization;

namespace CustomerGrains.Tests.Support;

/// <summary>How often a test does what it does: few times in every <c>./test</c>, many with
/// <c>./test --deep</c>.</summary>
public static class Counts
{
    /// <summary>True with <c>--deep</c>.</summary>
    public static bool IsDeep =>
        Environment.GetEnvironmentVariable("CUSTOMERGRAINS_DEEP") == "1";

    /// <param name="name">For <c>CUSTOMERGRAINS_COUNTS</c>, such as <c>kills=12,fuzz=5000</c>, which
    /// overrules both, so that a long run can be cut into pieces.</param>
    public static int Of(string name, int usual, int deep)
    {
        var chosen = Environment.GetEnvironmentVariable("CUSTOMERGRAINS_COUNTS")?.Split(',')
            .Select(part => part.Split('=')).FirstOrDefault(part => part[0].Trim() == name);
        return chosen is [_, var value]
            ? int.Parse(value, CultureInfo.InvariantCulture)
            : IsDeep ? deep : usual;
    }
}
