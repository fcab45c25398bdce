namespace CustomerGrains.Launcher.Running;

/// <summary>
/// Lets the launcher go when whoever started it goes: with <c>Launcher__WatchStdin=true</c> the
/// end of standard input means to stop. The hosts do the same towards the launcher.
/// </summary>
internal static class ParentWatch
{
    private const string Setting = "Launcher__WatchStdin";

    /// <summary>Calls <paramref name="gone"/> at the end of input, if asked to watch.</summary>
    public static void Start(Action gone)
    {
        if (Environment.GetEnvironmentVariable(Setting) != "true") return;

        // A read of standard input blocks a thread, so it has one of its own.
        new Thread(() => Watch(gone)) { IsBackground = true, Name = "parent watch" }.Start();
    }

    private static void Watch(Action gone)
    {
        using var input = Console.OpenStandardInput();
        Span<byte> ignored = stackalloc byte[1];
        while (input.Read(ignored) > 0)
        {
            // nothing is said there; only its end means something
        }

        gone();
    }
}
