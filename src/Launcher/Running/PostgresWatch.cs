using CustomerGrains.Launcher.Postgres;

namespace CustomerGrains.Launcher.Running;

/// <summary>Starts the local database server again when it dies.</summary>
internal static class PostgresWatch
{
    // Half of this is the mean time to notice; a look costs a few microseconds.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <param name="changed">Called after each start.</param>
    public static async Task Keep(
        LocalPostgres server, TextWriter errors, TimeProvider time, Action changed,
        CancellationToken stop)
    {
        var backoff = new Backoff();
        var up = time.GetTimestamp();
        while (await Wait(BetweenLooks, time, stop))
        {
            if (server.ProcessId is not null) continue;

            await errors.WriteLineAsync("PostgreSQL died; starting it again");
            if (!await Wait(backoff.After(time.GetElapsedTime(up)), time, stop)) return;

            up = time.GetTimestamp();
            await TryRestart(server, errors);
            changed();
        }
    }

    private static async Task TryRestart(LocalPostgres server, TextWriter errors)
    {
        try
        {
            await server.Restart(CancellationToken.None);
        }
        catch (LauncherException failure)
        {
            // Workers of the dead server may still hold its memory: the next try is near.
            await errors.WriteLineAsync(failure.Message);
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
