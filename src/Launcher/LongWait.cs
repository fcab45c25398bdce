namespace CustomerGrains.Launcher;

/// <summary>Tells the operator about whatever takes longer than a moment.</summary>
internal static class LongWait
{
    // Long enough that a normal start stays silent, short enough that nobody thinks it hangs.
    private static readonly TimeSpan BeforeFirstLine = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    /// <summary>Awaits the work; prints <paramref name="what"/> when it takes its time.</summary>
    public static async Task<T> Announce<T>(string what, Task<T> work, TextWriter log)
    {
        await Announce(what, (Task)work, log);
        return await work;
    }

    /// <inheritdoc cref="Announce{T}"/>
    public static async Task Announce(string what, Task work, TextWriter log)
    {
        for (var wait = BeforeFirstLine; !work.IsCompleted; wait = BetweenLines)
        {
            if (await Task.WhenAny(work, Task.Delay(wait)) != work)
                await log.WriteLineAsync($"still {what} …");
        }

        await work;
    }
}
