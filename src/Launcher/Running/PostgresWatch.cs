namespace CustomerGrains.Launcher.Running;

/// <summary>Starts the local database server again when it dies.</summary>
public static class PostgresWatch
{
    // Half of this is the mean time to notice; a look costs a few microseconds.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <param name="runs">Whether the server runs.</param>
    /// <param name="restart">Starts it. Whatever it throws is said, and tried again: nobody else
    /// would.</param>
    /// <param name="changed">Called after each start.</param>
    public static async Task Keep(
        Func<bool> runs, Func<Task> restart, TextWriter errors, TimeProvider time, Action changed,
        CancellationToken stop)
    {
        var backoff = new Backoff();
        var up = time.GetTimestamp();
        while (await Wait(BetweenLooks, time, stop))
        {
            try
            {
                if (runs()) continue;

                await errors.WriteLineAsync("PostgreSQL died; starting it again");
                if (!await Wait(backoff.After(time.GetElapsedTime(up)), time, stop)) return;

                up = time.GetTimestamp();
                await restart();
                changed();
            }
            catch (Exception failure)
            {
                // Workers of the dead server may still hold its memory: the next try is near.
                await errors.WriteLineAsync(
                    failure is LauncherException ? failure.Message : failure.ToString());
            }
        }
    }

    private static async Task<bool> Wait(TimeSpan wait, TimeProvider time, CancellationToken stop)
    {
        try
        {
            await Task.Delay(wait, time, stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
