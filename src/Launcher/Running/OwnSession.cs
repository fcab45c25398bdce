namespace CustomerGrains.Launcher.Running;

/// <summary>
/// <c>setsid</c>, where there is one: Ctrl-C goes to every process of the terminal at once, but
/// ours are to be stopped in order, by the launcher.
/// </summary>
internal static class OwnSession
{
    public static string? Program { get; } =
        new[] { "/usr/bin/setsid", "/bin/setsid" }.FirstOrDefault(File.Exists);
}
