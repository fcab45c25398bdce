using System.CommandLine;

namespace CustomerGrains.Launcher.Commands;

/// <summary>The option <c>--data</c>, the same for every command.</summary>
internal static class DataOption
{
    public static Option<string> Create() => new("--data")
    {
        Description = "Folder that holds everything the service keeps.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Installation.DefaultData,
    };

    /// <exception cref="LauncherException">This system is not Linux or macOS.</exception>
    public static DataDirectory DataDirectory(this ParseResult parsed, Option<string> option) =>
        OperatingSystem.IsWindows()
            ? throw new LauncherException("The launcher needs Linux or macOS (or WSL).")
            : new DataDirectory(parsed.GetRequiredValue(option));
}
