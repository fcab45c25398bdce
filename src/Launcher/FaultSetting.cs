using CustomerGrains.Storage.Faults;

namespace CustomerGrains.Launcher;

/// <summary>Has operators' commands fail where a test wants it, as silos do.</summary>
internal static class FaultSetting
{
    private const string Setting = "Faults__Folder";

    /// <exception cref="LauncherException">Faults are wanted outside Development.</exception>
    public static void Apply()
    {
        if (Environment.GetEnvironmentVariable(Setting) is not { Length: > 0 } folder) return;
        if (Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") is not (null or "Development"))
            throw new LauncherException($"{Setting} is for tests, in Development.");
        FaultPoints.Enable(folder);
    }
}
