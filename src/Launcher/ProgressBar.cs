using System.Globalization;

namespace CustomerGrains.Launcher;

/// <summary>Shows how far a long job is: a bar that redraws itself on a terminal, a line every few
/// seconds elsewhere.</summary>
internal static class ProgressBar
{
    private const int Width = 40;

    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ElsewhereEvery = TimeSpan.FromSeconds(2);

    public static async Task<T> Show<T>(
        string what, Func<int> done, int? total, Task<T> work, TextWriter log)
    {
        var redraws = !Console.IsErrorRedirected;
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(redraws ? OnTerminal : ElsewhereEvery));
            var text = Text(what, done(), total);
            if (redraws) await log.WriteAsync("\r" + text);
            else await log.WriteLineAsync(text);
        }

        if (redraws) await log.WriteLineAsync();
        return await work;
    }

    private static string Text(string what, int done, int? total)
    {
        if (total is not > 0)
            return string.Create(CultureInfo.InvariantCulture, $"{what}: {done:N0}");
        var filled = (int)((long)Width * done / total.Value);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: [{new string('#', filled)}{new string('.', Width - filled)}] {done:N0} of {total:N0}");
    }
}
