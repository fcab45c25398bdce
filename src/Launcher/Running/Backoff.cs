namespace CustomerGrains.Launcher.Running;

/// <summary>How long to wait before a process that died is started again.</summary>
public sealed class Backoff
{
    /// <summary>After the first death: hardly a gap in service.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);

    /// <summary>While it keeps dying: no burden, and no long wait after a repair.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Up for this long, it counts as healthy again.</summary>
    public static readonly TimeSpan HealthyAfter = TimeSpan.FromSeconds(30);

    private TimeSpan _next = Shortest;

    /// <summary>The wait before the next start; doubles from death to death.</summary>
    /// <param name="uptime">How long the process ran before it died.</param>
    public TimeSpan After(TimeSpan uptime)
    {
        var wait = uptime >= HealthyAfter ? Shortest : _next;
        _next = wait * 2 < Longest ? wait * 2 : Longest;
        return wait;
    }
}
