using System.Globalization;

namespace CustomerGrains.Launcher.Running;

/// <summary>How long to wait before a process that died is started again.</summary>
/// <param name="longest">Never longer than this; null: <see cref="Longest"/>.</param>
public sealed class Backoff(TimeSpan? longest = null)
{
    /// <summary>For who ends processes on purpose, such as <c>00:00:00.2</c>.</summary>
    private const string Setting = "Launcher__RestartPauseMax";

    /// <summary>After the first death: hardly a gap in service.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);

    /// <summary>While it keeps dying: no burden, and no long wait after a repair.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Up for this long, it counts as healthy again.</summary>
    public static readonly TimeSpan HealthyAfter = TimeSpan.FromSeconds(30);

    private readonly TimeSpan _longest = longest ?? Longest;

    private TimeSpan _next = Shortest;

    /// <summary>As the operator wants it.</summary>
    public static Backoff OfEnvironment() => new(
        Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } chosen
            ? TimeSpan.Parse(chosen, CultureInfo.InvariantCulture)
            : null);

    /// <summary>The wait before the next start; doubles from death to death.</summary>
    /// <param name="uptime">How long the process ran before it died.</param>
    public TimeSpan After(TimeSpan uptime)
    {
        var wait = uptime >= HealthyAfter ? Shortest : _next;
        _next = wait * 2 < _longest ? wait * 2 : _longest;
        return wait;
    }
}
