namespace CustomerGrains.Launcher.Running;

/// <summary>Processes of an earlier run whose launcher was killed.</summary>
internal static class Leftovers
{
    // They notice by themselves that their launcher is gone, and finish what they are doing.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Returns when all of them have ended. The caller holds the folder's lock.</summary>
    public static async Task Clear(string runFile, TextWriter errors)
    {
        if (RunState.Read(runFile) is not { } earlier) return;

        await Task.WhenAll(earlier.Processes.Select(process => Clear(process, errors)));
        File.Delete(runFile);
    }

    private static async Task Clear(RunningProcess left, TextWriter errors)
    {
        using var process = left.Find();
        if (process is null) return;

        await errors.WriteLineAsync($"waiting for {left.Name} of an earlier run to end …");
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync($"{left.Name} of an earlier run does not end: killed");
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
