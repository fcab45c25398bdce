using System.Diagnostics;

namespace CustomerGrains.Tests.Support;

/// <summary>Waits for what other processes bring about.</summary>
public static class Eventually
{
    // Far above anything healthy on a slow machine; only a failing test waits this long.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns as soon as the condition holds.</summary>
    /// <exception cref="TimeoutException">It does not within two minutes.</exception>
    public static async Task Holds(
        string what, Func<Task<bool>> condition, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Limit)
                throw new TimeoutException(
                    $"Not within {Limit.TotalSeconds:0} s: {what}.{await Diagnosis.OfAll()}");
            await Task.Delay(BetweenLooks, cancellation);
        }
    }

    /// <inheritdoc cref="Holds(string, Func{Task{bool}}, CancellationToken)"/>
    public static Task Holds(string what, Func<bool> condition, CancellationToken cancellation) =>
        Holds(what, () => Task.FromResult(condition()), cancellation);
}
